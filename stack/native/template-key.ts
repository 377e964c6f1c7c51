import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, isAbsolute, join } from "node:path";
import type { Command } from "./types.ts";

/** Grows whenever this room prepares the database in another way. */
const LAYOUT = 1;

export interface TemplateFacts {
  /** Of PostgreSQL. */
  readonly version: string;
  /** `process.platform` and `process.arch`: a data folder serves no other. */
  readonly platform: string;
  readonly commands: readonly Command[];
  readonly inputs: readonly TemplateInput[];
}

export interface TemplateInput {
  /** Path from the input's own name downwards, so that all clones share one template. */
  readonly name: string;
  /** SHA-256 of its content. */
  readonly digest: string;
}

/** Two prepared databases are alike if and only if their keys are; 32 hex digits. */
export function templateKey(facts: TemplateFacts): string {
  const inputs = facts.inputs.map(({ name, digest }) => [name, digest]).sort();
  const args = facts.commands.map((command) => command.args.map((arg) => (isAbsolute(arg) ? basename(arg) : arg)));
  return sha256(JSON.stringify([LAYOUT, facts.version, facts.platform, args, inputs])).slice(0, 32);
}

/** Every file of these files and folders, with its digest. Throws the system's error for one that cannot be read. */
export async function readInputs(paths: readonly string[]): Promise<TemplateInput[]> {
  const found = await Promise.all(paths.map((path) => filesOf(path, basename(path))));
  return await Promise.all(
    found.flat().map(async ({ path, name }) => ({ name, digest: sha256(await readFile(path)) })),
  );
}

async function filesOf(path: string, name: string): Promise<{ path: string; name: string }[]> {
  if (!(await stat(path)).isDirectory()) return [{ path, name }];
  const entries = await readdir(path);
  return (await Promise.all(entries.map((entry) => filesOf(join(path, entry), `${name}/${entry}`)))).flat();
}

function sha256(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
