import fc from "fast-check";
import { GOOD } from "../core/file/fixtures/good.ts";
import { GOOD_OPENSLO } from "../core/openslo/fixtures/good.ts";
import { cases } from "./arbitrary.ts";
import { edited, edits } from "./edits.ts";
import { readMangled } from "./file.ts";
import { judgeCase } from "./judged.ts";
import { SCENES } from "./scenes.ts";

export const SUBJECTS = ["objectives", "openslo", "answers"] as const;
export type Subject = (typeof SUBJECTS)[number];

export interface FuzzOptions {
  readonly seed: number;
  readonly count: number;
  /** Told before each case, with how many there were. */
  readonly onCase?: (done: number) => void;
}

export interface FuzzResult {
  readonly subject: Subject;
  readonly seed: number;
  readonly cases: number;
  /** How often each came out: `read` and `refused`, or the run's verdicts. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** The smallest case that broke, and how; null: none did. */
  readonly failure: { readonly input: string; readonly why: string } | null;
}

/** As many cases as wanted, the same for the same seed; ends at the first that breaks, made as small as it can be. */
export function fuzz(subject: Subject, options: FuzzOptions): FuzzResult {
  switch (subject) {
    case "objectives":
      return checkFile(subject, options, GOOD);
    case "openslo":
      return checkFile(subject, options, GOOD_OPENSLO);
    case "answers":
      return check(
        subject,
        options,
        cases,
        (one) => judgeCase(one).verdict,
        ({ scene, mutations }) => JSON.stringify({ scene: SCENES[scene]?.name, mutations }),
      );
    default: {
      const never: never = subject;
      return never;
    }
  }
}

function checkFile(subject: Subject, options: FuzzOptions, good: string): FuzzResult {
  const mangled = edits.map((changes) => edited(good, changes));
  return check(subject, options, mangled, readMangled, (text) => text);
}

function check<Case>(
  subject: Subject,
  { seed, count, onCase }: FuzzOptions,
  arbitrary: fc.Arbitrary<Case>,
  run: (one: Case) => string,
  show: (one: Case) => string,
): FuzzResult {
  const outcomes: Record<string, number> = {};
  let done = 0;
  const told = fc.check(
    fc.property(arbitrary, (one) => {
      onCase?.(done);
      done += 1;
      const outcome = run(one);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }),
    { numRuns: count, seed },
  );
  const smallest = told.counterexample?.[0];
  const why = told.errorInstance instanceof Error ? (told.errorInstance.stack ?? "") : String(told.errorInstance);
  const failure = smallest === undefined ? null : { input: show(smallest), why };
  return { subject, seed, cases: told.numRuns, outcomes, failure };
}
