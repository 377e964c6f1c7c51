import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runProgram } from "../lib/program.ts";

const COMMAND = fileURLToPath(new URL("../offline.ts", import.meta.url));
const NOWHERE = "unix:///nowhere/docker.sock";

async function offline(args: readonly string[], env: NodeJS.ProcessEnv) {
  const ending = await runProgram(process.execPath, [COMMAND, ...args], { env: { ...process.env, ...env } });
  if (ending.kind !== "ended") throw new Error(ending.kind);
  return ending;
}

test.each([
  ["no docker command", { PATH: "/nowhere" }, "there is no docker command on this machine"],
  ["no engine", { DOCKER_HOST: NOWHERE }, "no Docker engine answers|there is no docker command"],
] as const)("%s: the cause, what to do, exit code 3", async (_, env, cause) => {
  const { code, output } = await offline([], env);
  expect([code, output]).toEqual([3, expect.stringMatching(new RegExp(cause))]);
  expect(output).toContain("Start Docker; where it is not installed: https://docs.docker.com/engine/install");
  expect(output).not.toMatch(/\n\s+at /);
});

test("an unknown option: the usage, exit code 2", async () => {
  const { code, output } = await offline(["--everything"], {});
  expect([code, output]).toEqual([2, expect.stringContaining("npm run stack:offline [-- --fresh]")]);
});
