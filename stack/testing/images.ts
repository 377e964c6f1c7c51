import { fileURLToPath } from "node:url";
import { docker as dockerEnd } from "../compose/docker.ts";
import { findEngine } from "../compose/engine.ts";
import { findImages } from "../compose/images.ts";
import { lastWords } from "../compose/must.ts";
import type { Place } from "../compose/project.ts";
import { StackError } from "../lib/errors.ts";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What a stack is brought up from here; or why none can be. */
export type StackImages =
  | { readonly kind: "here"; readonly images: Place["images"] }
  | { readonly kind: "none"; readonly why: string };

/** Tests pull nothing and build no base: they use what is there. */
export async function stackImages(env: NodeJS.ProcessEnv = process.env): Promise<StackImages> {
  try {
    await findEngine(env);
    const found = await findImages({ folder: ROOT, env });
    if (found.kind === "here") return { kind: "here", images: found.project.images };
    return { kind: "none", why: `${found.why}: npm run stack:offline, or docker compose pull` };
  } catch (error) {
    // A project that cannot be read is a failure, not the machine's lack.
    if (!(error instanceof StackError) || error.code === "project") throw error;
    // Only what is wrong: it is part of every skipped test's name.
    return { kind: "none", why: error.message.split(":")[0] ?? "" };
  }
}

/** Runs `docker ARGS` in the project's root; gives its output. Rejects with its last words where it fails. */
export async function docker(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const { code, stdout, stderr } = await dockerEnd(args, { cwd: ROOT, env });
  if (code !== 0) throw new Error(`docker ${args[0]}: ${lastWords(stderr)}`);
  return stdout;
}
