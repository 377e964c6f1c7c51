import { expect, test } from "vitest";
import { lastLines, redact } from "./log.ts";

test("secrets are blotted out wherever they stand", () => {
  expect(redact("url=postgres://tasks:abc@h token=xyz abc", ["abc", "xyz"])).toBe(
    "url=postgres://tasks:***@h token=*** ***",
  );
});

test("an empty secret blots nothing out", () => {
  expect(redact("abc", [""])).toBe("abc");
});

test("a log that is not there has no lines", () => {
  expect(lastLines("/nonexistent/api.log", [])).toBe("");
});
