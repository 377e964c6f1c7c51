import { Fault } from "../lib/fault.ts";
import { CHECKS, type Check } from "./checks.ts";

export const SUITES = ["unit", "integration", "stack", "e2e"] as const;
export type Suite = (typeof SUITES)[number];

/** What to run. `files` are parts of test files' paths; empty: all. */
export interface TestRequest {
  readonly checks: readonly Check[];
  readonly suites: readonly Suite[];
  readonly files: readonly string[];
}

/**
 * Names of checks and suites select them; other words select test files whose path holds them, in the suites named or
 * in all. Nothing selects everything. Throws a Fault for what looks like a flag.
 */
export function requestFrom(argv: readonly string[]): TestRequest {
  const flag = argv.find((word) => word.startsWith("-"));
  if (flag !== undefined) throw new Fault("usage", `npm test knows no ${flag}`, usage(), 2);
  const names: readonly string[] = [...CHECKS.map(({ name }) => name), ...SUITES];
  const files = argv.filter((word) => !names.includes(word));
  const named = argv.filter((word) => names.includes(word));
  const all = argv.length === 0;
  const suites = SUITES.filter((suite) => all || named.includes(suite));
  return {
    checks: CHECKS.filter(({ name }) => all || named.includes(name)),
    suites: files.length > 0 && suites.length === 0 ? SUITES : suites,
    files,
  };
}

export function usage(): string {
  const names = [...CHECKS.map(({ name }) => name), ...SUITES].join(", ");
  return `npm test -- [${names}] [part of a test file's path …]`;
}
