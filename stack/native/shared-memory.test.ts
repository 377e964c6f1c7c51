import { expect, test } from "vitest";
import { parseSharedMemoryId } from "./shared-memory.ts";

const lock = "4711\n/tmp/x/data\n1795360000\n33355\n/tmp/x/socket\n127.0.0.1\n  1234567    131072\nready   \n";

test("a lock file names its segment", () => {
  expect(parseSharedMemoryId(lock)).toBe("131072");
});

test("one of a start that has not come so far names none", () => {
  expect(parseSharedMemoryId(lock.split("\n").slice(0, 6).join("\n"))).toBeNull();
  expect(parseSharedMemoryId("")).toBeNull();
});
