import { closest, distance } from "fastest-levenshtein";

/** The known word most like `word`, or undefined where none is close enough to be meant. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const best = closest(word, known);
  return distance(word, best) <= Math.max(1, Math.floor(word.length / 3)) ? best : undefined;
}

/** Up to three known words that may be meant, the most like it first. */
export function nearestFew(word: string, known: readonly string[]): readonly string[] {
  const near = known.map((one) => ({ one, apart: one.includes(word) ? 0 : distance(word, one) }));
  const most = Math.max(1, Math.floor(word.length / 3));
  return near
    .filter(({ apart }) => apart <= most)
    .toSorted((a, b) => a.apart - b.apart)
    .slice(0, 3)
    .map(({ one }) => one);
}
