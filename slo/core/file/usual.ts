/** What holds where neither an objective nor the file's `defaults` say. */
export const USUAL = { phase: "steady", gating: true, confidence: { kind: "bounded", level: 0.95 }, burst: 1 } as const;

/** Least share of a phase that evidence must cover, where the file does not say. */
export const USUAL_COVERAGE = 0.9;
