/** The first part that ended by itself, after the start. */
export interface Crash {
  readonly part: string;
  readonly code: number | null;
  readonly signal: string | null;
  /** Unix seconds. */
  readonly at: number;
  /** Last lines of its log, without secrets; empty where reading them would hold up the news. */
  readonly lastLog: string;
}
