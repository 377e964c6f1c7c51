import { expect, test } from "vitest";
import { unreachable } from "./unreachable.ts";

test("what no case knows is refused, never taken for another", () => {
  expect(() => unreachable({ kind: "new" } as never)).toThrow(new TypeError('Nothing is known of {"kind":"new"}'));
});
