import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keyOf, partsIn } from "./key.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "key-"));
  writeFileSync(join(folder, "a"), "one");
  writeFileSync(join(folder, "b"), "two");
});
afterEach(() => rmSync(folder, { recursive: true }));

test("parts do not run into one another", () => {
  expect(keyOf(["ab", "c"])).not.toBe(keyOf(["a", "bc"]));
  expect(keyOf(["a", "b"])).toBe(keyOf(["a", Buffer.from("b")]));
});

test.each([
  ["content", () => writeFileSync(join(folder, "b"), "three")],
  ["a new file", () => writeFileSync(join(folder, "c"), "")],
  ["a name", () => renameSync(join(folder, "b"), join(folder, "d"))],
])("another key by %s, and none by being read again", async (_, change) => {
  const before = keyOf(await partsIn(folder));
  expect(keyOf(await partsIn(folder))).toBe(before);
  change();
  expect(keyOf(await partsIn(folder))).not.toBe(before);
});
