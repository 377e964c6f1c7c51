import { constants, cp, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runCommand } from "./lib/command.ts";
import { Fault } from "./lib/fault.ts";
import { catchInterrupts } from "./lib/interrupts.ts";
import { inProject } from "./lib/paths.ts";
import { failureOf, type ProgramOptions, runProgram } from "./lib/program.ts";

const USAGE = `npm run mutate -- [--room file] [--mutate slo/core/proof.ts,slo/core/bound.ts] [any option of stryker run]
  changes slo/core in every small way, in a copy of the project, and tells which changes no test notices. A room is a
  folder of slo/core, with its own tests; without one, the files of slo/core itself. Brings Stryker into the copy,
  which is removed; a minute or two a file. Options: slo/mutation/stryker.json.`;
const STRYKER = ["core", "vitest-runner"].map((name) => `@stryker-mutator/${name}@10.1.1`);

async function must(program: string, file: string, args: readonly string[], options: ProgramOptions): Promise<string> {
  const ending = await runProgram(file, args, options);
  const failure = failureOf(program, ending);
  if (failure === null && ending.kind === "ended") return ending.stdout;
  throw new Fault("mutate", failure ?? program, "Installing Stryker takes the network; see docs/mutation.md.");
}

/** What Git knows and what is new, as it stands now, and the packages beside it. */
async function copyProject(to: string, signal: AbortSignal): Promise<void> {
  const listed = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const files = await must("git", "git", listed, { cwd: inProject("."), signal });
  for (const file of files.split("\0")) {
    if (file === "" || file === "node_modules") continue;
    await cp(inProject(file), join(to, file), { recursive: true, verbatimSymlinks: true }).catch((error: unknown) => {
      // Deleted, but not yet in Git's eyes.
      if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    });
  }
  const packages = await realpath(inProject("node_modules"));
  await cp(packages, join(to, "node_modules"), {
    recursive: true,
    verbatimSymlinks: true,
    mode: constants.COPYFILE_FICLONE,
  });
}

interface Asked {
  readonly room: string | null;
  readonly others: readonly string[];
}

/** Options that are ours; the others are Stryker's. */
function asked(args: readonly string[]): Asked {
  const at = args.indexOf("--room");
  const room = at === -1 ? null : (args[at + 1] ?? "");
  if (room !== null && !/^[a-z]+$/.test(room))
    throw new Fault("mutate", `--room ${room} is no folder of slo/core`, USAGE, 2);
  const others = at === -1 ? args : args.toSpliced(at, 2);
  if (room === null || others.includes("--mutate")) return { room, others };
  const files = `slo/core/${room}/**/*.ts,!**/*.test.ts,!**/fixtures/**`;
  return { room, others: [...others, "--mutate", files] };
}

async function mutate(args: readonly string[], to: string, signal: AbortSignal): Promise<number> {
  const { room, others } = asked(args);
  const show = (text: string) => process.stdout.write(text);
  await copyProject(to, signal);
  const path = [dirname(process.execPath), process.env.PATH].join(":");
  const env = { ...process.env, PATH: path, ...(room === null ? {} : { MUTATE_ROOM: room }) };
  const options = { cwd: to, env, signal };
  await must("npm install", "npm", ["install", "--no-save", "--no-audit", "--no-fund", ...STRYKER], options);
  const stryker = join(to, "node_modules/@stryker-mutator/core/bin/stryker.js");
  const ending = await runProgram(process.execPath, [stryker, "run", "slo/mutation/stryker.json", ...others], {
    ...options,
    onOutput: show,
  });
  return ending.kind === "ended" ? (ending.code ?? 3) : 3;
}

async function main(args: readonly string[]): Promise<number> {
  const { first: signal } = catchInterrupts();
  const copy = await realpath(await mkdtemp(join(tmpdir(), "mutate-")));
  try {
    return await mutate(args, copy, signal);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

await runCommand(USAGE, main);
