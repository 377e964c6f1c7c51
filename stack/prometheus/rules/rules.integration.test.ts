import { execFile } from "node:child_process";
import { basename } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { ruleFiles, testFiles } from "./testing/files.ts";

const run = promisify(execFile);

async function promtool(...args: readonly string[]): Promise<string> {
  const program = process.env.PROMTOOL_BIN;
  if (program === undefined || program === "") throw new Error("PROMTOOL_BIN names no promtool: run `npm test`");
  // Rejects with all it printed where promtool is not content.
  return (await run(program, args)).stdout;
}

test("promtool is content with every rule, by all its lints", async () => {
  const said = await promtool("check", "rules", "--lint=all", "--lint-fatal", ...ruleFiles);
  expect(said.match(/SUCCESS/g)).toHaveLength(ruleFiles.length);
});

test.each(testFiles.map((path): [string, string] => [basename(path), path]))(
  "the alerts do what %s says",
  async (_name, path) => {
    expect(await promtool("test", "rules", path)).toContain("SUCCESS");
  },
);
