import { defineConfig } from "vitest/config";

// A room's own tests only, and none of those that take seconds a change: the score is a lower bound.
const room = process.env.MUTATE_ROOM ?? ".";

export default defineConfig({
  test: {
    include: [room === "." ? "slo/core/*.test.ts" : `slo/core/${room}/**/*.test.ts`],
    exclude: [
      "**/*properties.test.ts",
      "**/{native,judge-native,judge-native-forms,widened,selector,promql-reads,bounds}.test.ts",
    ],
    testTimeout: 60_000,
    // A worker for each file would cost more than its tests.
    isolate: false,
    fileParallelism: false,
  },
});
