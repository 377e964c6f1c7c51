import { parseObjectives } from "../core/file/parse-objectives.ts";
import type { Problem } from "../core/file/problem.ts";
import { formatAmount } from "../core/format.ts";
import type { ObjectivesFile } from "../core/objective.ts";
import { Fault } from "../io/fault.ts";
import { readText } from "../io/files/read.ts";
import { renderProblems } from "../render/problems.ts";
import type { Shell } from "./shell.ts";
import { terminalOf } from "./terminal.ts";

/** Bytes. */
const OBJECTIVES_LIMIT = 1024 * 1024;

interface ReadFile {
  readonly file: ObjectivesFile;
  readonly text: string;
}

/** Reads and checks an objectives file; every mistake goes to stderr in its place. Rejects with a Fault, exit 2. */
export async function readObjectives(path: string, shell: Shell): Promise<ObjectivesFile> {
  return (await readWithText(path, shell)).file;
}

/** Likewise, with the file's text, which a pipe gives only once. */
export async function readWithText(path: string, shell: Shell): Promise<ReadFile> {
  const text = await readText(path, { cwd: shell.cwd, what: "objectives file", limit: OBJECTIVES_LIMIT });
  const parsed = parseObjectives(text, path);
  switch (parsed.kind) {
    case "ok":
      if (parsed.warnings.length > 0)
        shell.stderr.write(renderProblems(parsed.warnings, text, terminalOf(shell.stderr, shell.env)));
      return { file: parsed.value, text };
    case "problems": {
      shell.stderr.write(renderProblems(parsed.problems, text, terminalOf(shell.stderr, shell.env)));
      const mistakes = parsed.problems.filter(({ severity }: Problem) => severity === "error").length;
      throw new Fault("file-shape", 2, `${path} has ${formatAmount(mistakes, "mistake")}`);
    }
    default: {
      const never: never = parsed;
      return never;
    }
  }
}
