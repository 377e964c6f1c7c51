import { expect, test } from "vitest";
import { demandPlatform } from "./binaries.ts";

test.each(["linux", "darwin"] as const)("%s serves", (platform) => {
  expect(() => demandPlatform(platform)).not.toThrow();
});

test("Windows gets a clear word", () => {
  expect(() => demandPlatform("win32")).toThrow(
    expect.objectContaining({
      code: "unsupported-platform",
      message: "The native stack runs on Linux and macOS, not on win32.",
      hint: "On Windows, use WSL.",
    }),
  );
});
