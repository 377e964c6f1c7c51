import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runProgram } from "./program.ts";

const room = fileURLToPath(new URL(".", import.meta.url));

async function command(main: string, args: readonly string[] = []) {
  const code = `
    import { parseArgs } from "node:util";
    import { runCommand } from "${room}command.ts";
    import { Fault } from "${room}fault.ts";
    await runCommand("how to use it", ${main});`;
  const ending = await runProgram(process.execPath, [
    "--input-type=module-typescript",
    "--eval",
    code,
    "--",
    "command",
    ...args,
  ]);
  if (ending.kind !== "ended") throw new Error(ending.kind);
  return { code: ending.code, stdout: ending.stdout, stderr: ending.stderr };
}

test.each<[string, string, readonly string[], { code: number; stdout: string; stderr: string }]>([
  ["its own code", "async () => 1", [], { code: 1, stdout: "", stderr: "" }],
  ["--help", "async () => 1", ["--help"], { code: 0, stdout: "how to use it\n", stderr: "" }],
  [
    "a fault",
    'async () => { throw new Fault("code", "what is wrong", "what to do", 2); }',
    [],
    { code: 2, stdout: "", stderr: "what is wrong\nwhat to do\n" },
  ],
  [
    "an option that nobody knows",
    "async (args) => { parseArgs({ args: [...args], options: {} }); return 0; }",
    ["--x"],
    { code: 2, stdout: "", stderr: "Unknown option '--x'\nhow to use it\n" },
  ],
  [
    "what nobody expected",
    'async () => { throw new Error("odd"); }',
    [],
    {
      code: 3,
      stdout: "",
      stderr: "✗ run         odd\n  This should not happen: please report it, with LOAD_DEBUG=1.\n",
    },
  ],
])("a command ends by %s", async (_what, main, args, ended) => {
  expect(await command(main, args)).toEqual(ended);
});
