import { expect, test } from "vitest";
import { scriptPlace } from "./script-place.ts";

const project = "/home/me/proving-ground";

test("the load's own script is where docker-compose.yml mounts it", () => {
  expect(scriptPlace(`${project}/loadtests/main.ts`, project)).toEqual({ path: "/loadtests/main.ts", mount: null });
});

test("another one of the project may import the load's own folders", () => {
  expect(scriptPlace(`${project}/e2e/scripts/throws.ts`, project)).toEqual({
    path: "/project/e2e/scripts/throws.ts",
    mount: { from: project, to: "/project" },
  });
});

test("one from elsewhere comes with its folder", () => {
  expect(scriptPlace("/home/me/proving-ground-2/mine.ts", project)).toEqual({
    path: "/script/mine.ts",
    mount: { from: "/home/me/proving-ground-2", to: "/script" },
  });
});
