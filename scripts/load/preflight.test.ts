import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { PlanFile } from "../../slo/core/plan-file.ts";
import { inProject } from "../lib/paths.ts";
import { demandSufficientPlan } from "./preflight.ts";
import type { LoadRequest } from "./request.ts";
import { createRunFolder, type RunFolder, writeJson } from "./run-folder.ts";

const request: LoadRequest = {
  profile: "smoke",
  rate: null,
  duration: null,
  objectives: inProject("slo/objectives/task-api.yaml"),
  script: "",
  stack: "auto",
  keep: false,
  anyway: false,
  results: "",
  preload: [],
};

const plan = (name: string, count: number): PlanFile => ({
  schema: 1,
  profile: "smoke",
  duration: 16,
  phases: [
    {
      name,
      offset: 0,
      duration: 16,
      drain: 1,
      quiet: true,
      rate: 100,
      iterations: count,
      maxVUs: 10,
      requests: [
        { name: "list", labels: { method: "GET" }, count },
        { name: "create", labels: { method: "POST" }, count: 300 },
      ],
    },
  ],
});

let root = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "proving-ground-plan-"));
});
afterAll(() => rm(root, { recursive: true }));

async function asked(planned: PlanFile, change: Partial<LoadRequest> = {}): Promise<string[]> {
  const folder: RunFolder = await createRunFolder(root, "smoke");
  await writeJson(folder.file("plan.json"), planned);
  const said: string[] = [];
  const step = (tone: string, label: string, text: string) => said.push(`${tone} ${label} ${text}`);
  const screen = { step, plain: () => {}, live: () => {}, clearLive: () => {} };
  await demandSufficientPlan({ ...request, ...change }, planned, folder, screen, new AbortController().signal);
  return said;
}

test("a plan that suffices is told", async () => {
  expect(await asked(plan("steady", 2695))).toEqual([
    "good plan steady 2995 requests in 16 s: enough to prove all 3 objectives that count requests",
  ]);
});

test("one that does not ends with 3, unless it is wanted anyway", async () => {
  const text =
    "errors: expected 2995 without a bad one, to prove at most 0.1 % at 95 % confidence; 2994 requests planned in steady; make steady at least 17 s long instead of 16 s, or raise the rate";
  await expect(asked(plan("steady", 2694))).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringContaining(text),
    hint: "Nothing was put under load; --anyway does it all the same.",
  });
  expect(await asked(plan("steady", 2694), { anyway: true })).toEqual([expect.stringContaining(text)]);
});

test("a phase that the profile has not is a mistake, wanted or not", async () => {
  await expect(asked(plan("peak", 9000), { anyway: true })).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining("profile smoke has one phase steady; it has none of that name"),
  });
});
