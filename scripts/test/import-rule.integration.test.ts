import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { failureOf, runProgram } from "../lib/program.ts";
import { CHECKS } from "./checks.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** One small project that keeps to the rule. */
const GOOD: Readonly<Record<string, string>> = {
  "api/main.ts": 'import "./serve.ts";',
  "api/shapes.ts": 'import type { Serve } from "./serve.ts"; export interface Shape { readonly serve: Serve }',
  "api/serve.ts": 'import type { Shape } from "./shapes.ts"; export type Serve = Shape[]; export const serve = 1;',
  "loadtests/main.ts": 'import http from "k6/http"; export default () => http.get("");',
  "slo/core/judge.ts": "export interface Report { readonly ok: boolean } export const judge = 1;",
  "slo/testing/server.ts": "export const server = 1;",
  "slo/io/ask.test.ts": 'import "../testing/server.ts"; import "./ask.ts";',
  "slo/core/judge.test.ts": 'import "node:fs"; import "./judge.ts";',
  "slo/io/ask.ts": 'import "../core/judge.ts"; import "axios"; import "node:fs";',
  "slo/render/text.ts": 'import "../core/judge.ts";',
  "slo/commands/check.ts": 'import "../io/ask.ts"; import "../render/text.ts"; import "../core/judge.ts";',
  "slo/main.ts": 'import "./commands/check.ts";',
  "stack/native/start.ts": "export const start = 1;",
  "stack/grafana/board.ts": 'import "../../slo/core/judge.ts";',
  "scripts/load.ts":
    'import "../stack/native/start.ts"; import type { Report } from "../slo/core/judge.ts"; export type R = Report;',
  "e2e/a.e2e.test.ts": 'import type { Report } from "../slo/core/judge.ts"; export type R = Report;',
  "e2e/scripts/throws.ts": 'import "../../loadtests/main.ts";',
  "node_modules/axios/package.json": '{ "name": "axios", "main": "index.js" }',
  "node_modules/axios/index.js": "module.exports = 1;",
};

/** Each file breaks the rule before it. */
const BAD: readonly (readonly [rule: string, file: string, text: string])[] = [
  ["api-alone", "api/a.ts", 'import "../stack/native/start.ts";'],
  ["api-alone", "api/b.ts", 'import type { Report } from "../slo/core/judge.ts"; export type R = Report;'],
  ["loadtests-alone", "loadtests/a.ts", 'import "../stack/native/start.ts";'],
  ["loadtests-alone", "loadtests/b.ts", 'import "axios";'],
  ["loadtests-tests-alone", "loadtests/a.test.ts", 'import "../api/serve.ts";'],
  ["slo-alone", "slo/commands/a.ts", 'import "../../stack/native/start.ts";'],
  ["core-imports-nothing", "slo/core/a.ts", 'import "../render/text.ts";'],
  ["core-is-pure", "slo/core/b.ts", 'import "node:fs";'],
  ["io-imports-core", "slo/io/a.ts", 'import "../render/text.ts";'],
  ["render-imports-core", "slo/render/a.ts", 'import "../io/ask.ts";'],
  ["prometheus-behind-io", "slo/commands/b.ts", 'import "axios";'],
  ["stack-alone", "stack/native/a.ts", 'import "../../slo/core/judge.ts";'],
  ["grafana-imports-core", "stack/grafana/a.ts", 'import "../../slo/render/text.ts";'],
  [
    "scripts-join-by-processes",
    "scripts/a.ts",
    'import type { serve } from "../api/serve.ts"; export type S = typeof serve;',
  ],
  ["files-by-type", "scripts/b.ts", 'import { judge } from "../slo/core/judge.ts"; export const j = judge;'],
  ["e2e-from-outside", "e2e/a.ts", 'import "../scripts/load.ts";'],
  ["e2e-scripts-in-k6", "e2e/scripts/a.ts", 'import "../../api/main.ts";'],
  ["no-cycles", "api/c.ts", 'import "./d.ts";'],
  ["testing-for-tests", "slo/io/b.ts", 'import "../testing/server.ts";'],
  ["no-tests-imported", "slo/render/b.ts", 'import "../core/judge.test.ts";'],
  ["resolvable", "api/e.ts", 'import "./nowhere.ts";'],
];

/** What a project with these files breaks, `rule: file`, by the very check that `npm test` runs. */
async function broken(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "import-rule-")));
  try {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), `${text}\n`);
    }
    return await check(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function check(folder: string): Promise<readonly string[]> {
  const imports = CHECKS.find(({ name }) => name === "imports");
  if (imports === undefined) throw new Error("npm test has no check of imports");
  const [program = "", ...args] = imports.args.map((arg) =>
    arg === ".dependency-cruiser.mjs" ? join(root, arg) : arg,
  );
  const ending = await runProgram(process.execPath, [join(root, program), ...args], { cwd: folder });
  if (ending.kind !== "ended") throw new Error(failureOf("dependency-cruiser", ending) ?? "");
  const found = [...ending.stdout.matchAll(/^\s*error ([a-z0-9-]+): (\S+)/gm)].map(
    ([, rule, file]) => `${rule}: ${file}`,
  );
  if ((found.length === 0) !== (ending.code === 0)) throw new Error(ending.output);
  return found;
}

test("a project that keeps to the rule breaks nothing", async () => {
  expect(await broken(GOOD)).toEqual([]);
});

describe("one bad import", () => {
  let found: readonly string[] = [];
  beforeAll(async () => {
    const turned = { "api/d.ts": 'import "./c.ts";' };
    found = await broken({ ...GOOD, ...turned, ...Object.fromEntries(BAD.map(([, file, text]) => [file, text])) });
  });

  test.each(BAD)("%s: %s with %s", (rule, file) => {
    expect(found).toContain(`${rule}: ${file}`);
  });

  test("accuses nobody else", () => {
    const accused = new Set(found.map((line) => line.replace(/^[^:]+: /, "")));
    expect([...accused].toSorted()).toEqual(BAD.map(([, file]) => file).toSorted());
  });
});
