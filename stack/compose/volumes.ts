import { randomBytes } from "node:crypto";
import { docker } from "./docker.ts";
import { type Files, must, mustDocker } from "./must.ts";
import type { Place } from "./project.ts";

/** Where `init`, which mounts every volume, sees those that are copied file by file. */
export const VOLUMES = { prometheus: "/prometheus", alertmanager: "/alertmanager" } as const;

/** Runs a shell command there; gives its output. Throws as `must` does. */
export type InVolumes = (command: string, files?: Files) => Promise<string>;

/**
 * Work in a container that sees every volume, as root with `init`'s capabilities, without a network. The container
 * outlives the commands: of one that ends with its command, `docker compose run` now and then gives exit code 0 and
 * not a byte of its output, and an empty copy would pass for a backup.
 */
export async function withVolumes<Result>(
  place: Place,
  signal: AbortSignal,
  work: (inVolumes: InVolumes) => Promise<Result>,
): Promise<Result> {
  const name = `proving-ground-volumes-${randomBytes(6).toString("hex")}`;
  const settings = ["--rm", "--detach", "--no-deps", "-T", "--name", name, "--entrypoint", "/bin/sh"];
  try {
    await must(place, ["run", ...settings, "init", "-c", "exec sleep 86400"], {}, signal);
    return await work((command, files = {}) => {
      const input = files.from === undefined ? [] : ["--interactive"];
      return mustDocker(place, ["exec", ...input, name, "/bin/sh", "-c", command], files, signal);
    });
  } finally {
    await docker(["rm", "--force", "--volumes", name], { env: place.env }).catch(() => undefined);
  }
}
