import { randomBytes } from "node:crypto";
import { type DockerEnd, type DockerOptions, docker } from "./docker.ts";

/**
 * Runs one container of an image to its end, without any network or rights, and gives what it wrote. Read from its log
 * after its end: what an attached client shows of a container that ends at once is now and then lost on a busy machine.
 * Throws as `docker` does.
 * @param settings arguments of `docker create` before the image
 */
export async function runOneOff(
  image: string,
  settings: readonly string[],
  command: readonly string[],
  options: DockerOptions,
): Promise<DockerEnd> {
  const name = `proving-ground-${randomBytes(6).toString("hex")}`;
  const bare = ["--network", "none", "--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges:true"];
  // Whatever the engine's default is, this one can be read back.
  const log = ["--log-driver", "json-file"];
  try {
    const started = await docker(
      ["run", "--detach", "--name", name, ...bare, ...log, ...settings, image, ...command],
      options,
    );
    if (started.code !== 0) return started;
    const waited = await docker(["wait", name], options);
    const logs = await docker(["logs", name], options);
    return { ...logs, code: waited.code === 0 ? Number(waited.stdout.trim()) : waited.code };
  } finally {
    const { signal: _, ...rest } = options;
    await docker(["rm", "--force", "--volumes", name], rest).catch(() => undefined);
  }
}
