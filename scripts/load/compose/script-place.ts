import { basename, dirname, join, posix, relative, sep } from "node:path";

/** Where k6's container sees the script, and what must be mounted for that beyond ./loadtests (at /loadtests). */
export interface ScriptPlace {
  readonly path: string;
  readonly mount: { readonly from: string; readonly to: string } | null;
}

/**
 * A script of the project may import from the load's own folders, so the project is mounted whole, read-only; any other
 * with its own folder only.
 */
export function scriptPlace(script: string, project: string): ScriptPlace {
  const inLoadtests = within(script, join(project, "loadtests"));
  if (inLoadtests !== null) return { path: posix.join("/loadtests", inLoadtests), mount: null };
  const inProject = within(script, project);
  if (inProject !== null) return { path: posix.join("/project", inProject), mount: { from: project, to: "/project" } };
  return { path: posix.join("/script", basename(script)), mount: { from: dirname(script), to: "/script" } };
}

/** The path below a folder, with slashes; null where it lies elsewhere. */
function within(path: string, folder: string): string | null {
  const below = relative(folder, path);
  return below === "" || below.startsWith("..") || below.startsWith(sep) ? null : below.split(sep).join("/");
}
