/** Why a connection failed, as far as an error text tells. */
export type ErrorCauseId =
  | 'tls-version'
  | 'cipher-suite'
  | 'certificate'
  | 'proxy'
  | 'dns'
  | 'network'
  | 'clock'
  | 'sign-in'
  | 'server'
  | 'other';

/** `certain`: the text says so. `likely`: it has another meaning only rarely. `possible`: one of several meanings. */
export type ErrorLikelihood = 'certain' | 'likely' | 'possible';

/** What a host can offer as a button beside the steps in words. */
export type ErrorAction = 'audit' | 'probe' | 'registry';

export interface ErrorCause {
  readonly id: ErrorCauseId;
  readonly likelihood: ErrorLikelihood;
  /** What in the text speaks for this cause; one sentence. */
  readonly because: string;
  /** What to do, the most promising first; whole sentences. */
  readonly next: readonly string[];
  readonly actions: readonly ErrorAction[];
}

/** One thing in the text that was recognised. */
export interface ErrorMatch {
  /** Counted from 1; the line on which the recognised text begins. */
  readonly line: number;
  /** That text with what stands around it, without time stamp and colours, at most {@link maximalMatchText} units. */
  readonly text: string;
  /** The id of the signature. */
  readonly signature: string;
  /** The most likely first; never empty. */
  readonly causes: readonly ErrorCause[];
  /** Where the meaning of the signature is documented or was seen. */
  readonly source: string;
  /** How often it occurs in the whole text, with the same causes. */
  readonly count: number;
  /** True for the one match that decides; its first cause is {@link ErrorExplanation.first}. */
  readonly decisive: boolean;
  /** About how many errors of the text it decides; the others say more inside or besides. */
  readonly decides: number;
}

export interface ErrorExplanation {
  /** By line. Each signature stands once, with its first place and a count. */
  readonly matches: readonly ErrorMatch[];
  /** Null when nothing was recognised. */
  readonly first: ErrorCauseId | null;
  /** Lines that were read. */
  readonly lines: number;
}

export const maximalMatchText = 300;
