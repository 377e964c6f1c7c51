import { realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { Fault } from "../io/fault.ts";
import type { Format, Output } from "./formats.ts";

/** A file that an output must not take the place of. */
export interface TakenFile {
  readonly path: string;
  /** What it is, for the message: "the objectives file". */
  readonly what: string;
}

/** Files of a run's folder that its report would destroy. */
export function filesOfRun(folder: string): readonly TakenFile[] {
  const names = ["run.json", "k6.json", "plan.json", "evidence.json"];
  const read = names.map((name) => ({ path: join(folder, name), what: `the run's ${name}` }));
  return [...read, { path: join(folder, "report.json"), what: outputName("json") }];
}

function outputName(format: Format): string {
  return `the output ${format}`;
}

/** Rejects with a Fault, exit 2, where an output would overwrite what is read, or another output. */
export async function refuseOverwriting(
  outputs: readonly Output[],
  taken: readonly TakenFile[],
  cwd: string,
): Promise<void> {
  const owners = new Map<string, string>();
  for (const { path, what } of taken) owners.set(await canonical(resolve(cwd, path)), what);
  for (const { format, path } of outputs) {
    const place = await canonical(resolve(cwd, path));
    const owner = owners.get(place);
    const what = outputName(format);
    if (owner !== undefined && owner !== what) {
      const text = `--output ${format}=${path} would overwrite ${owner}`;
      throw new Fault("usage", 2, text, "name another file");
    }
    owners.set(place, what);
  }
}

/** One file, one path, whatever links lead to it; what does not exist yet is placed in its folder. */
async function canonical(path: string): Promise<string> {
  const real = await realpath(path).catch(() => null);
  if (real !== null) return real;
  const folder = dirname(path);
  return folder === path ? path : join(await canonical(folder), basename(path));
}
