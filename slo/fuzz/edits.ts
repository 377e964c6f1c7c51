import fc from "fast-check";

/** One change to the text of a file. */
type Edit =
  | { readonly kind: "delete"; readonly at: number; readonly length: number }
  | { readonly kind: "insert"; readonly at: number; readonly text: string }
  | { readonly kind: "swap"; readonly a: number; readonly b: number };

/** A share of the file, so that edits fit any. */
const position = fc.double({ min: 0, max: 1, noNaN: true });
const telling = fc.constantFrom(
  ..."{}[]()'\"`\\,:-#&*!|>%@\t\n\r \0\u001b\u202e日😀\ud800$=~".split(""),
  "- ",
  ": ",
  "*a",
  "&a ",
  "---\n",
  "0x",
);
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constant("delete" as const), at: position, length: fc.integer({ min: 1, max: 20 }) }),
  fc.record({
    kind: fc.constant("insert" as const),
    at: position,
    text: fc.oneof(telling, fc.string({ unit: "binary", maxLength: 5 })),
  }),
  fc.record({ kind: fc.constant("swap" as const), a: position, b: position }),
);

export const edits: fc.Arbitrary<readonly Edit[]> = fc.array(edit, { minLength: 1, maxLength: 4 });

/** The file with these changes. */
export function edited(good: string, changes: readonly Edit[]): string {
  return changes.reduce(apply, good);
}

function apply(text: string, change: Edit): string {
  switch (change.kind) {
    case "delete":
      return text.slice(0, offset(text, change.at)) + text.slice(offset(text, change.at) + change.length);
    case "insert":
      return text.slice(0, offset(text, change.at)) + change.text + text.slice(offset(text, change.at));
    case "swap": {
      const lines = text.split("\n");
      const [a, b] = [change.a, change.b].map((share) => Math.round(share * (lines.length - 1)));
      const other = (index: number) => (index === a ? b : index === b ? a : index);
      return lines.map((_one, index) => lines[other(index) ?? 0]).join("\n");
    }
    default: {
      const never: never = change;
      return never;
    }
  }
}

const offset = (text: string, share: number) => Math.round(share * text.length);
