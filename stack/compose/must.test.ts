import { expect, it } from "vitest";
import { lastWords } from "./must.ts";

it("keeps what Compose says besides its steps", () => {
  const steps = " Container pg-api-1  Stopping\n Network pg_edge  Removed\n";
  expect(lastWords(`${steps}pg_restore: error: could not read\n`)).toBe("pg_restore: error: could not read");
  expect(lastWords(steps)).toBe("");
  expect(lastWords("one\ntwo\nthree\nfour\n")).toBe("two · three · four");
});
