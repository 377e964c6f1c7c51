import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import * as z from "zod";
import { StackError } from "../lib/errors.ts";

const part = z.object({ file: z.string().regex(/^[\w.-]+$/), bytes: z.number(), sha256: z.string() });

/** `manifest.json` of a backup: written last, so that a backup without it is not whole. */
export const manifest = z.object({
  schema: z.literal(1),
  /** RFC 3339. */
  at: z.string(),
  /** What the data is of: PostgreSQL's and Prometheus' own version lines. */
  versions: z.record(z.string(), z.string()),
  parts: z.object({ postgres: part, prometheus: part, alertmanager: part }),
});
export type Manifest = z.infer<typeof manifest>;
export type Part = z.infer<typeof part>;
export type PartName = keyof Manifest["parts"];
export const PARTS: readonly PartName[] = ["postgres", "prometheus", "alertmanager"];

const FILE = "manifest.json";

/** Size and SHA-256 of a file as it lies there. */
export async function partOf(folder: string, file: string): Promise<Part> {
  const path = join(folder, file);
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return { file, bytes: (await stat(path)).size, sha256: hash.digest("hex") };
}

export async function writeManifest(folder: string, written: Manifest): Promise<void> {
  await writeFile(join(folder, FILE), `${JSON.stringify(written, null, 2)}\n`, { flag: "wx", mode: 0o600 });
}

/** A backup that cannot be restored: why, in one line. */
function broken(message: string): StackError {
  return new StackError("broken-backup", message, "Restore another one; this one can give nothing back.");
}

/** Reads a backup's manifest and proves every file by it. Throws StackError `broken-backup`. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, FILE), "utf8").catch(() => {
    throw broken(`${folder} holds no ${FILE}: it is no backup, or one that was not finished`);
  });
  const read = manifest.safeParse(parsed(text));
  if (!read.success) throw broken(`${join(folder, FILE)} is not a manifest of a backup`);
  for (const name of PARTS) {
    const { file, bytes, sha256 } = read.data.parts[name];
    const found = await partOf(folder, file).catch(() => {
      throw broken(`${join(folder, file)} is missing`);
    });
    if (found.bytes !== bytes || found.sha256 !== sha256) {
      throw broken(`${join(folder, file)} is not what was backed up: ${found.bytes} bytes, ${bytes} expected`);
    }
  }
  return read.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
