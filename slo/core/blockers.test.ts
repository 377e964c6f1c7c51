import { expect, it } from "vitest";
import { targetName, troubleReason } from "./blockers.ts";

it("an end that no scrape came near is said without a time", () => {
  expect(troubleReason({ kind: "end-missing", last: null }, "api a:1")).toEqual({
    code: "edge-missing",
    text: "api a:1 has no successful scrape at or after the end: what it counted since is not known.",
  });
});

it("a target is named by what it has", () => {
  expect(targetName({ job: "api", instance: "a:1" })).toBe("api a:1");
  expect(targetName({ job: "", instance: "a:1" })).toBe("a:1");
  expect(targetName({ job: "", instance: "" })).toBe("A target without job and instance");
});
