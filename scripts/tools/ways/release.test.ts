import { describe, expect, test } from "vitest";
import { sumIn } from "./release.ts";

const HASH = "a".repeat(64);

describe("sumIn", () => {
  test.each([
    ["text", `${"b".repeat(64)}  other.tar.gz\n${HASH}  k6.tar.gz\n`, HASH],
    ["binary mark", `${HASH} *k6.tar.gz`, HASH],
    ["upper case", `${HASH.toUpperCase()}  k6.tar.gz`, HASH],
    ["another file whose name ends alike", `${HASH}  old-k6.tar.gz`, null],
    ["a hash cut short", `${HASH.slice(1)}  k6.tar.gz`, null],
    ["a page in place of sums", "<html>k6.tar.gz</html>", null],
  ])("%s", (_case, sums, expected) => {
    expect(sumIn(sums, "k6.tar.gz")).toBe(expected);
  });
});
