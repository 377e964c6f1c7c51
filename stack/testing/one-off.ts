import { randomBytes } from "node:crypto";
import { docker as dockerEnd } from "../compose/docker.ts";
import type { ComposeStack } from "./compose-stack.ts";
import { docker, ROOT } from "./images.ts";

/**
 * Runs a service's container once to its end, without what it depends on. What it wrote is read from its log: of a
 * container that ends at once `docker compose run` itself now and then tells nothing.
 * @param args of `docker compose run`: options, service, command
 */
export async function runOnce(
  { compose, project }: ComposeStack,
  args: readonly string[],
): Promise<{ readonly code: number; readonly output: string }> {
  const name = `${project}-once-${randomBytes(3).toString("hex")}`;
  await compose(["run", "--detach", "--no-deps", "-T", "--name", name, ...args]);
  try {
    const code = Number(await docker(["wait", name]));
    const { stdout, stderr } = await dockerEnd(["logs", name], { cwd: ROOT });
    return { code, output: `${stdout}${stderr}` };
  } finally {
    await docker(["rm", "--force", name]);
  }
}
