import { expect, test } from "vitest";
import { requestFrom } from "./request.ts";

test("each command", () => {
  expect(requestFrom(["up"])).toEqual({ kind: "up" });
  expect(requestFrom(["status"])).toEqual({ kind: "status" });
  expect(requestFrom(["down"])).toEqual({ kind: "down", volumes: false });
  expect(requestFrom(["down", "--volumes"])).toEqual({ kind: "down", volumes: true });
});

test.each([
  [[], "There is no command."],
  [["upp"], 'There is no "upp".'],
  [["up", "--volumes"], "Unknown option '--volumes'"],
  [["down", "now"], "Unexpected argument 'now'"],
])("%j is refused", (argv, message) => {
  expect(() => requestFrom(argv)).toThrow(message);
});
