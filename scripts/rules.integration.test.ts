import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

test("the stack's rules of objectives are what the objectives say", () => {
  const args = ["slo/main.ts", "rules", "slo/objectives/task-api.yaml", "--check", "stack/prometheus/rules/slo.yml"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toContain("stack/prometheus/rules/slo.yml: current, ");
});
