import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { inProject } from "../../lib/paths.ts";
import { renamed } from "./objectives.ts";

const own = readFileSync(inProject("slo/objectives/task-api-compose.yaml"), "utf8");

test("containers are looked for in the project of the name given, and nowhere else", () => {
  const resources = own.split("\n").filter((line) => line.includes("resource:"));
  expect(resources.length).toBeGreaterThan(3);
  for (const line of resources) {
    expect(line).toContain("namespace: proving-ground");
    expect(renamed(line, "pg-two")).toBe(line.replace("proving-ground", "pg-two"));
  }
});
