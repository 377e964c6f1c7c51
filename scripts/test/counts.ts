/** What was checked, and the names of what was skipped and of what failed. */
export interface Counts {
  readonly passed: number;
  readonly skipped: readonly string[];
  readonly failures: readonly string[];
}

export const NONE: Counts = { passed: 0, skipped: [], failures: [] };

export function sum(all: readonly Counts[]): Counts {
  return {
    passed: all.reduce((total, { passed }) => total + passed, 0),
    skipped: all.flatMap(({ skipped }) => skipped),
    failures: all.flatMap(({ failures }) => failures),
  };
}

/** The last line, alone: `12 passed, 0 failed`. */
export function closingLine({ passed, skipped, failures }: Counts): string {
  return `${passed} passed, ${failures.length} failed${skipped.length === 0 ? "" : `, ${skipped.length} skipped`}`;
}

/** 0 only where something ran and nothing failed. */
export function exitCodeOf({ passed, failures }: Counts): 0 | 1 {
  return passed > 0 && failures.length === 0 ? 0 : 1;
}

/** One step in a few words, for its progress line. */
export function summary(counts: Counts): string {
  return counts.passed + counts.failures.length + counts.skipped.length === 0 ? "nothing to run" : closingLine(counts);
}
