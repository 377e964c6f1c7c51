import { expect, test } from "vitest";
import { lineReader } from "./docker.ts";
import { deathOf, signalOf } from "./watch.ts";

const event = (action: string, exitCode: string) =>
  JSON.stringify({
    action,
    attributes: { exitCode, image: "api:1", name: "pg-api-2" },
    id: "f6a2",
    service: "api",
    time: "2026-11-22T23:42:04.5Z",
    type: "container",
  });

test("a container's end, with its code and time", () => {
  expect(deathOf(event("die", "137"))).toEqual({
    service: "api",
    container: "pg-api-2",
    code: 137,
    at: Date.parse("2026-11-22T23:42:04.5Z") / 1000,
  });
});

test.each([event("kill", "137"), event("exec_die", "0"), event("health_status: unhealthy", ""), "garbage", "{}"])(
  "%s is none",
  (line) => {
    expect(deathOf(line)).toBeNull();
  },
);

test.each([
  [137, "SIGKILL"],
  [143, "SIGTERM"],
  [0, null],
  [1, null],
  [null, null],
])("exit code %s tells of %s", (code, signal) => {
  expect(signalOf(code)).toBe(signal);
});

test("lines that come in pieces are whole", () => {
  const lines: string[] = [];
  const read = lineReader((line) => lines.push(line));
  for (const piece of ["a", "b\r\nc", "\n", "d"]) read(piece);
  expect(lines).toEqual(["ab", "c"]);
});
