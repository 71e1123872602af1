import type { Location, Message, TextEdit } from '../model/finding.ts';
import type { FilePath } from '../model/path.ts';
import type { Position } from '../text/lines.ts';

/** What a person asks for. */
export interface RetargetRequest {
  /** The version to go to, without `v`. */
  readonly goal: string;
  /** The projects of a solution or folder; null for all of the workspace. */
  readonly scope: readonly FilePath[] | null;
  /** Projects that the person named one by one: plug-ins among them are retargeted as well. */
  readonly named: readonly FilePath[];
  /** Says that a file can be written without loss; without it every file can. Editors garble encodings that they guess wrong. */
  isWritable?(path: FilePath): boolean;
}

/** What kind of thing an edit changes, for previews. */
export type RetargetEditKind =
  | 'target'
  | 'shared-target'
  | 'condition'
  | 'configuration'
  | 'site'
  | 'site-step'
  | 'packages'
  | 'hint-path'
  | 'solution'
  | 'image';

export interface RetargetEdit extends TextEdit {
  readonly kind: RetargetEditKind;
}

/** Edits of one file, against its present text. */
export interface RetargetChange {
  readonly path: FilePath;
  readonly edits: readonly RetargetEdit[];
  /** Files that are to be written before: when one of them fails, this one has to wait for the next run. */
  readonly after: readonly FilePath[];
}

/** Edits of one file before they are put in order. */
export type ProposedChange = Omit<RetargetChange, 'after'>;

/** A project with the reason why it is not retargeted. */
export interface SkippedProject {
  readonly path: FilePath;
  readonly reason: Message;
}

/** A project that has another target afterwards. */
export interface RetargetedProject {
  readonly path: FilePath;
  /** The .NET Framework versions that it had, below the goal. */
  readonly from: readonly string[];
  /** True for one that nobody asked for: it shares the declaration with one that was. */
  readonly isCarriedAlong: boolean;
}

/** Something that the edits cannot do. */
export interface FollowUp {
  readonly message: Message;
  /** Null for what concerns all projects. */
  readonly project: FilePath | null;
  /** In the text as it is after the edits. */
  readonly at: Location | null;
  /** Where `at` starts, in lines and columns from zero; null as `at`. */
  readonly position: Position | null;
}

/** What retargeting does, before anybody does it. */
export interface RetargetPlan {
  readonly goal: string;
  /** In the order in which they are to be written: files that decide targets last, so that a repeated run completes. */
  readonly changes: readonly RetargetChange[];
  readonly retargeted: readonly RetargetedProject[];
  /** Plug-ins, workflow activities and what is tied to them. */
  readonly leftAlone: readonly SkippedProject[];
  /** Projects whose target could not be evaluated or not be changed. */
  readonly unresolved: readonly SkippedProject[];
  readonly followUps: readonly FollowUp[];
}
