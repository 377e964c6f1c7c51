import { expect, test } from "vitest";
import { identify, isStill, parseProcStat, parsePs } from "./identity.ts";

const stat = "42 (a) b (c) S 1 42 42 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 987654 1000 10";

test("a process is told by when it began, whatever its name holds", () => {
  expect(parseProcStat(stat)).toBe("987654");
});

test("a zombie is gone", () => {
  expect(parseProcStat(stat.replace(") S", ") Z"))).toBeNull();
  expect(parsePs("Z+   Sun Nov 22 17:00:00 2026\n")).toBeNull();
});

test("ps tells when it began", () => {
  expect(parsePs("Ss+  Sun Nov 22 17:00:00 2026\n")).toBe("Sun Nov 22 17:00:00 2026");
  expect(parsePs("\n")).toBeNull();
});

test("this process is itself, and no other with its pid", () => {
  const identity = identify(process.pid) ?? "";
  expect(isStill(process.pid, identity)).toBe(true);
  expect(isStill(process.pid, `${identity}1`)).toBe(false);
});
