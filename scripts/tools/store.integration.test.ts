import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { freshEnv } from "./testing/workshop.ts";

const run = promisify(execFile);
const worker = fileURLToPath(new URL("testing/bring-slowly.ts", import.meta.url));

test("two processes at once on one cache bring a tool once, and both use it", async () => {
  const env = await freshEnv();
  const cache = env.PROVING_GROUND_CACHE ?? "";
  const answers = await Promise.all([1, 2, 3].map(() => run(process.execPath, [worker], { env })));
  const froms = answers.map(({ stdout }) => JSON.parse(stdout));
  expect(froms.map(({ from }) => from).toSorted()).toEqual(["cache", "cache", "release"]);
  const paths = new Set(froms.map(({ path }) => path));
  expect([...paths].map((path) => existsSync(path))).toEqual([true]);
  expect(readdirSync(cache).toSorted()).toEqual(["locks", "tools"]);
  expect(readdirSync(join(cache, "locks"))).toEqual([]);
});

test("a process killed half-way leaves nothing that another would take for a tool", async () => {
  const env = await freshEnv({ DIE_HALF_WAY: "1" });
  await expect(run(process.execPath, [worker], { env })).rejects.toMatchObject({ signal: "SIGKILL" });
  const { stdout } = await run(process.execPath, [worker], { env: { ...env, DIE_HALF_WAY: "" } });
  expect(JSON.parse(stdout)).toMatchObject({ from: "release" });
});
