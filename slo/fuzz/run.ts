import fc from "fast-check";
import { GOOD } from "../core/file/fixtures/good.ts";
import { GOOD_OPENSLO } from "../core/openslo/fixtures/good.ts";
import { cases, travellingCases } from "./arbitrary.ts";
import { CHECKED_SCENES, openChecker } from "./checked.ts";
import { edited, edits } from "./edits.ts";
import { readMangled } from "./file.ts";
import { judgeCase } from "./judged.ts";
import { SCENES } from "./scenes.ts";
import { judgeLives, livesText } from "./truth.ts";

export const SUBJECTS = ["objectives", "openslo", "answers", "lives", "checks"] as const;
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
export async function fuzz(subject: Subject, options: FuzzOptions): Promise<FuzzResult> {
  switch (subject) {
    case "objectives":
      return await checkFile(subject, options, GOOD);
    case "openslo":
      return await checkFile(subject, options, GOOD_OPENSLO);
    case "answers":
      return await check(subject, options, cases(SCENES.length), {
        run: (one) => judgeCase(one).verdict,
        show: ({ scene, mutations }) => JSON.stringify({ scene: SCENES[scene]?.name, mutations }),
      });
    case "lives":
      // A seed has no smaller one beside it.
      return await check(subject, options, fc.noShrink(fc.nat()), {
        run: (seed) => judgeLives(seed).verdict,
        show: livesText,
      });
    case "checks":
      return await checkWhole(subject, options);
    default: {
      const never: never = subject;
      return never;
    }
  }
}

async function checkFile(subject: Subject, options: FuzzOptions, good: string): Promise<FuzzResult> {
  const mangled = edits.map((changes) => edited(good, changes));
  return await check(subject, options, mangled, { run: readMangled, show: (text) => text });
}

async function checkWhole(subject: Subject, options: FuzzOptions): Promise<FuzzResult> {
  const checker = await openChecker();
  try {
    return await check(subject, options, travellingCases(CHECKED_SCENES.length), {
      run: async (one) => (await checker.judge(one)).verdict,
      show: ({ scene, ...rest }) => JSON.stringify({ scene: CHECKED_SCENES[scene]?.[0], ...rest }),
    });
  } finally {
    await checker.close();
  }
}

async function check<Case>(
  subject: Subject,
  { seed, count, onCase }: FuzzOptions,
  arbitrary: fc.Arbitrary<Case>,
  { run, show }: { readonly run: (one: Case) => string | Promise<string>; readonly show: (one: Case) => string },
): Promise<FuzzResult> {
  const outcomes: Record<string, number> = {};
  let done = 0;
  const told = await fc.check(
    fc.asyncProperty(arbitrary, async (one) => {
      onCase?.(done);
      done += 1;
      const outcome = await run(one);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }),
    { numRuns: count, seed },
  );
  const smallest = told.counterexample?.[0];
  const why = told.errorInstance instanceof Error ? (told.errorInstance.stack ?? "") : String(told.errorInstance);
  const failure = smallest === undefined ? null : { input: show(smallest), why };
  return { subject, seed, cases: told.numRuns, outcomes, failure };
}
