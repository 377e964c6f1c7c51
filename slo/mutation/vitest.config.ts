import { defineConfig } from "vitest/config";

// Without the property tests, which take seconds a mutant: the score is a lower bound.
export default defineConfig({
  test: {
    include: ["slo/core/**/*.test.ts"],
    exclude: ["**/*properties.test.ts", "**/{native,judge-native,widened,selector,promql-reads}.test.ts"],
    testTimeout: 60_000,
  },
});
