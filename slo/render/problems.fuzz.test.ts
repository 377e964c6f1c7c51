import fc from "fast-check";
import { expect, test } from "vitest";
import { GOOD } from "../core/file/fixtures/good.ts";
import { parseObjectives } from "../core/file/parse-objectives.ts";
import { GOOD_OPENSLO } from "../core/openslo/fixtures/good.ts";
import { renderProblems } from "./problems.ts";

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

const UNSAFE = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u;

test.each([
  ["our own form", GOOD, 2_000],
  ["OpenSLO", GOOD_OPENSLO, 700],
])(
  "any mangled file in %s gives objectives or problems inside the file, which are safe to print",
  {
    timeout: 120_000,
  },
  (_form, good, numRuns) => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        const text = edits.reduce(apply, good);
        const parsed = parseObjectives(text, "o.yaml");
        const problems = parsed.kind === "ok" ? parsed.warnings : parsed.problems;
        if (parsed.kind === "ok") expect(parsed.value.objectives.length).toBeGreaterThan(0);
        else expect(problems.filter(({ severity }) => severity === "error").length).toBeGreaterThan(0);
        const lines = text.replace(/^\uFEFF/, "").split("\n");
        for (const { place, message, hint } of problems) {
          expect(place.line).toBeGreaterThanOrEqual(1);
          expect(place.line).toBeLessThanOrEqual(lines.length);
          expect(place.column).toBeGreaterThanOrEqual(1);
          expect(place.column).toBeLessThanOrEqual((lines[place.line - 1] ?? "").length + 1);
          expect(message).not.toBe("");
          expect(hint).not.toBe("");
        }
        for (const shown of renderProblems(problems, text).split("\n")) expect(shown).not.toMatch(UNSAFE);
      }),
      { numRuns },
    );
  },
);
