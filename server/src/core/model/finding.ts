import type { FilePath } from './path.ts';

/** Levels of the verdict policy; `hint` is never produced by default, only by a severity override. */
export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** Half-open range in UTF-16 units of a file's text. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A place in a file. */
export interface Location {
  readonly path: FilePath;
  readonly range: TextRange;
}

/**
 * A text for people: an English template with `{name}` placeholders and the values for them. Outputs translate the
 * template and fill it in; tests and machines compare the key.
 */
export interface Message {
  readonly key: string;
  readonly template: string;
  readonly values: Readonly<Record<string, string>>;
}

/** Another place that belongs to a finding. */
export interface RelatedLocation extends Location {
  readonly message: Message;
}

/** One change to a text. */
export interface TextEdit {
  readonly range: TextRange;
  readonly newText: string;
}

/** Changes to one file; they never overlap. */
export interface FileEdits {
  readonly path: FilePath;
  readonly edits: readonly TextEdit[];
}

/** A change that removes a finding. */
export interface Fix {
  readonly title: Message;
  /** True for the one that the editor applies without asking which. */
  readonly isPreferred: boolean;
  /**
   * `safe`: part of "fix all". `confirm`: only when a person chose it. `alternative`: another way, for those who cannot
   * go the first one; it makes the finding less severe, and is offered at the finding alone.
   */
  readonly bulk: 'safe' | 'confirm' | 'alternative';
  readonly changes: readonly FileEdits[];
  /** Places that no other fix may touch in the same round, besides the edited ones: the list that a token is part of. */
  readonly claims?: readonly Location[];
}

/** One thing to tell the user, at one place. */
export interface Finding extends Location {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: Message;
  /** The project that is affected, when it is exactly one. */
  readonly project: FilePath | null;
  readonly related: readonly RelatedLocation[];
  readonly fixes: readonly Fix[];
}

/** Something that could not be read or judged, told without a range. */
export interface Notice {
  readonly path: FilePath;
  readonly message: Message;
}

/** Fills a template in. */
export function formatMessage(message: Message, template: string = message.template): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => message.values[name] ?? whole);
}
