import { expect, it } from "vitest";
import { regexProblem } from "./regex.ts";

it("says of a regular expression what RE2 would refuse", () => {
  expect(regexProblem("a|b.*")).toBeUndefined();
  expect(regexProblem("(a")).toBe("missing closing ): `(a`");
  expect(regexProblem("(?=a)")).toBe("invalid or unsupported Perl syntax: `(?=`");
  expect(regexProblem("(".repeat(100_000) + ")".repeat(100_000))).toMatch(/nest/);
});
