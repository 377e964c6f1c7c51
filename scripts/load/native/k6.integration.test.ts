import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { LoadRequest } from "../request.ts";
import { inspectScript, startK6 } from "./k6.ts";

const folder = mkdtempSync(join(tmpdir(), "proving-ground-k6-"));
afterAll(() => rmSync(folder, { recursive: true }));
const calm = new AbortController().signal;

/** A program in k6's place. */
function k6(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  return path;
}

const request: LoadRequest = {
  profile: "smoke",
  rate: null,
  duration: null,
  objectives: "",
  script: "/nowhere/load.ts",
  stack: "auto",
  keep: false,
  anyway: false,
  results: "",
  preload: [],
};

/** Fails unless it is given a configuration that says nothing. */
const DEMANDS_CONFIG =
  'while [ $# -gt 0 ]; do if [ "$1" = --config ]; then [ "$(cat "$2")" = "{}" ] && echo "{}" && exit 0; fi; shift; done; exit 7';

test("the user's own k6 configuration is not read", async () => {
  const program = k6("configured", DEMANDS_CONFIG);
  expect(await inspectScript(program, request, calm)).toEqual({});
  const [summaryFile, logFile] = [join(folder, "k6.json"), join(folder, "k6.log")];
  const run = await startK6({ k6: program, request, baseUrl: "http://127.0.0.1:1", token: "t", summaryFile, logFile });
  expect((await run.ended).code).toBe(0);
});

test("a script that never comes to its end is told as such", async () => {
  await expect(inspectScript(k6("endless", "exec sleep 60"), request, calm, 200)).rejects.toThrow(
    "k6 did not come to the end of reading /nowhere/load.ts within 0.2 s",
  );
});
