import { expect, test } from "vitest";
import { apiEnvironment } from "./environment.ts";

test("a user's own PostgreSQL settings do not reach the stack", () => {
  expect(apiEnvironment({ PATH: "/bin", PGSSLMODE: "require", PGPASSWORD: "x", NO_COLOR: "1" })).toEqual({
    PATH: "/bin",
    NO_COLOR: "1",
  });
});
