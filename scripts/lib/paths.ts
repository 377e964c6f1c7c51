import { relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = new URL("../../", import.meta.url);

/** Absolute path of something in the project. */
export function inProject(path: string): string {
  return fileURLToPath(new URL(path, root));
}

/** As a person would write it: from here, unless it lies elsewhere. */
export function shortest(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith("..") ? path : fromHere;
}
