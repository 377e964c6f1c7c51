import type { Place } from "../objective.ts";

export type Severity = "error" | "warning";

/** What is wrong in a file the user wrote: where, what, and what to write instead. Data; `slo/render` makes it text. */
export interface Problem {
  readonly severity: Severity;
  /** Stable, kebab-case. */
  readonly code: string;
  /** `column` and `length` count UTF-16 units; `length` may run past the line's end, and may be 0 at the file's end. */
  readonly place: Place & { readonly length: number };
  readonly message: string;
  readonly hint: string;
}

/** A problem not yet placed: what is wrong with a value, whatever file it stands in. */
export interface Complaint {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}
