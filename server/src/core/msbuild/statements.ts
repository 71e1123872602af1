/** What a project file says, as the evaluator runs it: built once for each parsed document. */
import type { TextRange } from '../model/finding.ts';
import type { MappedText, XmlElement } from '../xml/index.ts';
import type { Condition } from './condition.ts';
import type { Expression } from './expression.ts';

export type Statement =
  | PropertyStatement
  | GroupStatement
  | ImportStatement
  | ChooseStatement
  | ItemStatement
  | ItemDefinitionStatement
  | PhaseStatement;

/** A condition with its place; `element` is undefined for the built-in targets. */
export interface ConditionSource {
  readonly text: string;
  readonly condition: Condition;
  readonly range: TextRange | undefined;
  /** Relative paths in it start at the file (groups and imports) or at the project (everything else). */
  readonly base: 'file' | 'project';
  /** True when it speaks of items or metadata, which only the conditions of items may. */
  readonly mentionsItems: boolean;
}

export interface PropertyStatement {
  readonly kind: 'property';
  readonly name: string;
  readonly key: string;
  readonly condition: ConditionSource | undefined;
  readonly value: Expression;
  readonly element: XmlElement | undefined;
  /** The value with the way back to the source; undefined when it is raw markup or built in. */
  readonly text: MappedText | undefined;
}

/** PropertyGroup, ImportGroup, ItemGroup: children under one condition. */
export interface GroupStatement {
  readonly kind: 'group';
  readonly condition: ConditionSource | undefined;
  readonly statements: readonly Statement[];
  /** Conditions of item groups wait for the items' turn. */
  readonly isItemGroup: boolean;
}

export interface ImportStatement {
  readonly kind: 'import';
  readonly project: Expression;
  /** Name of the SDK for `<Import Sdk="...">` and the two imports behind `<Project Sdk="...">`. */
  readonly sdk: Expression | undefined;
  readonly condition: ConditionSource | undefined;
  readonly element: XmlElement | undefined;
  readonly range: TextRange | undefined;
  readonly origin: ImportOrigin;
}

/** Why a file is imported. */
export type ImportOrigin =
  | 'import'
  | 'sdk'
  | 'directory-build-props'
  | 'directory-build-targets'
  | 'directory-packages-props'
  | 'user-file'
  | 'package-props'
  | 'package-targets'
  | 'extension-point';

export interface ChooseStatement {
  readonly kind: 'choose';
  readonly branches: readonly ChooseBranch[];
}

/** A When, or the Otherwise (without a condition). */
export interface ChooseBranch {
  readonly condition: ConditionSource | undefined;
  readonly statements: readonly Statement[];
}

export interface ItemStatement {
  readonly kind: 'item';
  readonly type: string;
  readonly key: string;
  readonly include: Expression | undefined;
  readonly exclude: Expression | undefined;
  readonly remove: Expression | undefined;
  readonly update: Expression | undefined;
  readonly condition: ConditionSource | undefined;
  readonly metadata: readonly MetadataStatement[];
  readonly element: XmlElement | undefined;
}

export interface ItemDefinitionStatement {
  readonly kind: 'item-definition';
  readonly key: string;
  readonly condition: ConditionSource | undefined;
  readonly metadata: readonly MetadataStatement[];
}

/** Metadata, as an attribute or as a child element. */
export interface MetadataStatement {
  readonly name: string;
  readonly key: string;
  readonly value: Expression;
  readonly condition: ConditionSource | undefined;
  readonly nameRange: TextRange | undefined;
  readonly valueRange: TextRange | undefined;
}

/** A point of the built-in files behind which their other properties are set. */
export interface PhaseStatement {
  readonly kind: 'phase';
  readonly phase: 'sdk-props' | 'targets' | 'end';
}
