import { defineConfig } from "vitest/config";

// A room's own tests, with the goldens that hold its words, and none of those that take seconds a change: the score is
// a lower bound.
const room = process.env.MUTATE_ROOM ?? ".";
const GOLDENS: Readonly<Record<string, readonly string[]>> = {
  file: ["problems", "openslo"],
  openslo: ["problems", "openslo"],
  rules: ["rules"],
};
const goldens = (GOLDENS[room] ?? []).map((name) => `slo/render/${name}.golden.test.ts`);

export default defineConfig({
  test: {
    include: [room === "." ? "slo/core/*.test.ts" : `slo/core/${room}/**/*.test.ts`, ...goldens],
    exclude: [
      "**/*properties.test.ts",
      "slo/core/{native,judge-native,judge-native-forms,widened,selector,promql-reads,file/bounds}.test.ts",
    ],
    testTimeout: 60_000,
    // A worker for each file would cost more than its tests.
    isolate: false,
    fileParallelism: false,
  },
});
