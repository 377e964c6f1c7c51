import { distance } from "fastest-levenshtein";

/** What people write for a key of ours, from other tools' words. */
const SYNONYMS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    atleast: ["atMost"],
    max: ["atMost", "peak"],
    maximum: ["atMost", "peak"],
    highest: ["peak"],
    avg: ["mean"],
    average: ["mean"],
    limit: ["atMost", "atLeast"],
    threshold: ["atMost"],
    target: ["atMost", "atLeast"],
    lessthan: ["atMost"],
    min: ["atLeast"],
    minimum: ["atLeast"],
    quantile: ["percentile"],
    metric: ["histogram"],
    error: ["bad"],
    errors: ["bad"],
    failed: ["bad"],
    ok: ["good"],
    success: ["good"],
    all: ["total"],
    expr: ["promql"],
    expression: ["promql"],
    mem: ["memory"],
    ram: ["memory"],
    job: ["service"],
    app: ["service"],
    slos: ["objectives"],
    aggregate: ["stat"],
    availability: ["ratio"],
    errorrate: ["ratio"],
  }),
);

const plain = (word: string) => word.toLowerCase().replace(/[-_\s]/g, "");

/** Swapped letters count as one slip. */
const editsTo = (written: string, known: string) =>
  letters(written) === letters(known) ? Math.min(1, distance(written, known)) : distance(written, known);

const letters = (word: string) => [...word].sort().join("");

/** The known word that was most likely meant, or undefined when none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const written = plain(word).slice(0, 64);
  const synonym = SYNONYMS.get(written)?.find((candidate) => known.includes(candidate));
  if (synonym !== undefined) return synonym;
  const ranked = known
    .map((candidate) => ({ candidate, edits: editsTo(written, plain(candidate)) }))
    .sort((a, b) => a.edits - b.edits);
  const best = ranked[0];
  if (best === undefined) return undefined;
  return best.edits <= Math.max(1, Math.floor(best.candidate.length / 3)) ? best.candidate : undefined;
}
