import { defineConfig } from "vitest/config";

const rooms = "{api,loadtests,scripts,slo,stack}/**";

// No retries anywhere: a test that fails now and then has found something.
export default defineConfig({
  test: {
    // `npm test` and `npm run coverage`: a floor, to be raised. What is left are mostly fallbacks of indexed access, which never happen.
    coverage: { include: ["slo/core/**"], exclude: ["**/fixtures/**", "**/fixtures.ts"], thresholds: { branches: 95 } },
    projects: [
      {
        test: {
          name: "unit",
          include: [`${rooms}/*.test.ts`],
          exclude: ["**/*.integration.test.ts", "**/*.stack.test.ts"],
          // Against a hang only: a busy machine may take its time for thousands of fuzzed inputs.
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
      {
        test: {
          name: "integration",
          include: [`${rooms}/*.integration.test.ts`],
          // Each of them starts servers: two at a time are what two cores carry.
          maxWorkers: 2,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
      {
        test: {
          name: "stack",
          include: [`${rooms}/*.stack.test.ts`, "e2e/**/*.stack.test.ts"],
          globalSetup: "stack/testing/setup.ts",
          // Each file brings the whole Compose stack up: one at a time. Times are against a hang only, as everywhere.
          fileParallelism: false,
          testTimeout: 900_000,
          hookTimeout: 900_000,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["e2e/**/*.e2e.test.ts"],
          // A load is judged by its latencies: nothing else may run beside it.
          fileParallelism: false,
          testTimeout: 900_000,
          hookTimeout: 900_000,
        },
      },
    ],
  },
});
