import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** A short name for what something is made from: the same parts in the same order give the same one. */
export function keyOf(parts: readonly (string | Buffer)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part.length}\n`).update(part);
  return hash.digest("hex").slice(0, 16);
}

/** Names and contents of a folder's files, in order. */
export async function partsIn(folder: string): Promise<readonly (string | Buffer)[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const parts = files.sort().map(async (file) => [file.slice(folder.length), await readFile(file)]);
  return (await Promise.all(parts)).flat();
}
