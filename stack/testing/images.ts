import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Which Compose files a stack is brought up from here; or why none can be. */
export type StackImages =
  | { readonly kind: "offline" | "official"; readonly files: readonly string[] }
  | { readonly kind: "none"; readonly why: string };

const OFFICIAL = ["docker-compose.yml"];
const OFFLINE = [...OFFICIAL, "stack/offline/compose.yaml"];
/** Built here from the sources, whatever the rest is taken from. */
const OWN = "proving-ground/api:1";

/** Tests pull nothing and build no base: they use what is there. The offline images come first, being ours. */
export async function findImages(): Promise<StackImages> {
  try {
    await docker(["version", "--format", "{{.Server.Version}}"]);
  } catch (error) {
    return { kind: "none", why: `no Docker engine answers (${lastWords(error)})` };
  }
  for (const [kind, files] of [
    ["offline", OFFLINE],
    ["official", OFFICIAL],
  ] as const) {
    if (await areHere(files)) return { kind, files };
  }
  return { kind: "none", why: "neither `npm run stack:offline` nor `docker compose pull` has brought its images" };
}

async function areHere(files: readonly string[]): Promise<boolean> {
  const args = files.flatMap((file) => ["--file", file]);
  const images = (await docker(["compose", ...args, "--profile", "load", "config", "--images"])).trim().split("\n");
  const wanted = [...new Set(images)].filter((image) => image !== OWN);
  return docker(["image", "inspect", "--format", "{{.Id}}", ...wanted]).then(
    () => true,
    () => false,
  );
}

function lastWords(error: unknown): string {
  const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
  if (said !== "") return said.split("\n").at(-1) ?? "";
  return error instanceof Error && "code" in error && error.code === "ENOENT" ? "no docker command" : String(error);
}

const run = promisify(execFile);
const MOST = 64 * 1024 * 1024;

/** Runs the docker command in the project's root; gives its standard output. Rejects where it fails. */
export async function docker(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const { stdout } = await run("docker", [...args], { cwd: ROOT, env, maxBuffer: MOST });
  return stdout;
}
