import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { makeFolder, newFolderPath } from "./temp.ts";

const base = mkdtempSync("/tmp/temp-test-");
const closed = join(base, "closed");
mkdirSync(join(closed, "within"), { recursive: true });
chmodSync(base, 0o711);
chmodSync(closed, 0o700);
afterAll(() => rmSync(base, { recursive: true }));

const place = (root: string, others: string[], forOthers: boolean) => dirname(newFolderPath(root, others, forOthers));

test("the root serves where it can", () => {
  expect(place(base, ["/tmp"], true)).toBe(base);
});

test("a root that others may not pass through serves only who needs no others", () => {
  expect(place(join(closed, "within"), [base], false)).toBe(join(closed, "within"));
  expect(place(join(closed, "within"), [base], true)).toBe(base);
});

test("a root too long for a socket does not serve", () => {
  const long = join(base, "x".repeat(80));
  expect(place(long, [base], false)).toBe(base);
  expect(() => newFolderPath(long, [], false)).toThrow(
    `The folder for temporary files, ${long}, does not serve: its path is too long for a socket.`,
  );
});

test("a root that is not there is named", () => {
  expect(() => makeFolder(newFolderPath(join(base, "none"), [], true), 0o700)).toThrow(
    expect.objectContaining({
      code: "folder-not-writable",
      message: `Cannot write to ${join(base, "none")} (ENOENT).`,
      hint: "It does not exist: make it, or set TMPDIR to another folder.",
    }),
  );
});
