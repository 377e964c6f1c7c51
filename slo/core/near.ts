import { distance } from "fastest-levenshtein";

/** Longer texts are not compared letter by letter. */
const LONGEST = 200;
/** Letters that a slip of the pen changes: more in a long word. In a short one no more than a third (`nearOnes`). */
const SLIPS = 2;
const LETTERS_A_SLIP = 10;
/** A letter changed in a shorter word makes another word: zones `a` and `b`. */
const LEAST_SURE = 3;
/** A part of a name this long means it. */
const LEAST_PART = 3;

const bare = (word: string) => word.toLowerCase().replace(/[-_.:\s]/g, "");
const sorted = (word: string) => [...word].sort().join("");
const withoutDigits = (word: string) => word.replace(/\d+/g, "");

interface Near {
  readonly word: string;
  readonly apart: number;
}

const holds = (known: string, part: string) => part.length >= LEAST_PART && bare(known).includes(bare(part));

/** Swapped letters count as one slip. */
function apart(word: string, known: string): number {
  if (bare(word) === bare(known)) return 0;
  return sorted(word) === sorted(known) ? 1 : distance(word, known);
}

function nearOnes(word: string, known: readonly string[]): readonly Near[] {
  if (word.length > LONGEST) return [];
  const most = Math.max(1, Math.floor(word.length / 3));
  return known
    .filter((one) => one.length <= LONGEST && (Math.abs(one.length - word.length) <= most || holds(one, word)))
    .map((one) => ({ word: one, apart: holds(one, word) ? Math.min(most, apart(word, one)) : apart(word, one) }))
    .filter(({ apart }) => apart <= most)
    .toSorted((a, b) => a.apart - b.apart || (a.word < b.word ? -1 : 1));
}

/** Up to three known words that may be meant, the most like it first. */
export function nearest(word: string, known: readonly string[]): readonly string[] {
  return nearOnes(word, known)
    .slice(0, 3)
    .map((near) => near.word);
}

/**
 * The known word that was surely meant: a slip or two away, or only of other case and dashes. Words that differ by
 * their digits alone (`v1`, `v2`) are two words, and so are those of a letter or two.
 */
export function misspelt(word: string, known: readonly string[]): string | null {
  const [best] = nearOnes(word, known);
  if (best === undefined) return null;
  if (withoutDigits(best.word) === withoutDigits(word)) return null;
  if (best.apart > 0 && word.length < LEAST_SURE) return null;
  const slips = Math.max(SLIPS, Math.floor(word.length / LETTERS_A_SLIP));
  return best.apart <= slips ? best.word : null;
}
