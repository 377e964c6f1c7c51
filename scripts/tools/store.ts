import { randomUUID } from "node:crypto";
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { causeOf } from "../lib/fault.ts";
import type { BringingWay, Tool } from "./types.ts";
import { compare, serves } from "./version.ts";
import type { Workshop } from "./workshop.ts";

/** A program in the cache, and how it came there. */
export interface Entry {
  readonly version: string;
  readonly file: string;
  readonly origin: string;
}

interface Origin {
  readonly way: BringingWay;
  readonly why: string;
}

/** Entries in a version that serves: the table's own first, then from the newest. */
export async function entriesOf(tool: Tool, shop: Workshop): Promise<readonly Entry[]> {
  const versions = (await namesIn(join(shop.cache, "tools", tool.name))).filter((version) => serves(tool, version));
  const rank = (version: string) => (version === tool.version ? 1 : 0);
  versions.sort((a, b) => rank(b) - rank(a) || compare(b, a));
  const entries = versions.map(async (version) => {
    const folder = folderOf(tool, version, shop);
    return { version, file: join(folder, tool.name), origin: await originIn(folder) };
  });
  return (await Promise.all(entries)).filter(({ origin }) => origin !== "");
}

/** Puts a program into the cache, whole or not at all; gives its place. What stood there is replaced. */
export async function put(tool: Tool, version: string, file: string, origin: Origin, shop: Workshop): Promise<string> {
  const draft = join(shop.scratch, `entry-${randomUUID()}`);
  await mkdir(draft, { recursive: true });
  await chmod(file, 0o755);
  await rename(file, join(draft, tool.name));
  await writeFile(join(draft, "origin.json"), `${JSON.stringify(origin)}\n`);
  const folder = folderOf(tool, version, shop);
  await mkdir(join(folder, ".."), { recursive: true });
  await replace(draft, folder, shop);
  return join(folder, tool.name);
}

async function replace(draft: string, folder: string, shop: Workshop) {
  const aside = join(shop.scratch, `replaced-${randomUUID()}`);
  await rename(folder, aside).catch(ignore("ENOENT"));
  await rename(draft, folder).catch(ignore("ENOTEMPTY", "EEXIST"));
  await rm(aside, { recursive: true, force: true });
}

/** ENOTEMPTY: another process was a moment quicker; its program was verified as well. */
function ignore(...codes: readonly string[]) {
  return (error: NodeJS.ErrnoException) => {
    if (!codes.includes(error.code ?? "")) throw error;
  };
}

function folderOf(tool: Tool, version: string, { cache, machine }: Workshop): string {
  return join(cache, "tools", tool.name, version, `${machine.platform}-${machine.arch}`);
}

/** "" for a folder that is no entry of this machine's. */
async function originIn(folder: string): Promise<string> {
  try {
    const { way, why } = JSON.parse(await readFile(join(folder, "origin.json"), "utf8")) as Origin;
    return `${way}: ${why}`;
  } catch (error) {
    return error instanceof SyntaxError ? `unknown (${causeOf(error)})` : "";
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
}
