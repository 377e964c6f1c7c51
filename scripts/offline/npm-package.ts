import { createHash } from "node:crypto";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Fault } from "../lib/fault.ts";
import { failureOf, type ProgramOptions, runProgram } from "../lib/program.ts";
import type { Workshop } from "../tools/workshop.ts";
import type { NpmPackage } from "./sources.ts";

const FETCH = 180_000;

/** Brings a package from npm's registry, refuses it where its hash is another, and unpacks it into `folder`. */
export async function bringPackage(
  wanted: NpmPackage,
  folder: string,
  shop: Pick<Workshop, "env" | "signal">,
): Promise<void> {
  const { env, signal } = shop;
  const name = `${wanted.name}@${wanted.version}`;
  const archives = `${folder}.archive`;
  await mkdir(archives, { recursive: true });
  await mkdir(folder, { recursive: true });
  await run("npm", ["pack", "--loglevel=error", "--pack-destination", archives, name], {
    cwd: archives,
    env,
    timeout: FETCH,
    signal,
  });
  const [file = ""] = await readdir(archives);
  const archive = join(archives, file);
  const hash = `sha512-${createHash("sha512")
    .update(await readFile(archive))
    .digest("base64")}`;
  if (hash !== wanted.integrity) {
    throw new Fault(
      "hash",
      `${name} has the hash ${hash}, known is ${wanted.integrity}: refused`,
      "Look who changed it.",
    );
  }
  await run("tar", ["-xzf", archive, "-C", folder, "--strip-components=1", "--no-same-owner"], { signal });
}

async function run(program: string, args: readonly string[], options: ProgramOptions) {
  const failure = failureOf(`${program} ${args[0]}`, await runProgram(program, args, options));
  if (failure !== null) throw new Fault("npm", failure, "Is npm's registry reached? Look with: npm ping");
}
