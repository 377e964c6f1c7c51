import { spawn } from "node:child_process";
import type { TestProject } from "vitest/node";
import { buildEnv, composeArgs } from "../compose/project.ts";
import { docker, ROOT, type StackImages, stackImages } from "./images.ts";

declare module "vitest" {
  interface ProvidedContext {
    readonly stackImages: StackImages;
    /** What the Compose projects of this test run are named by. */
    readonly stackPrefix: string;
  }
}

/** Once before all stack tests: what they run on, the API as its sources are now, and nothing left of runs that died. */
export default async function setup(project: TestProject): Promise<void> {
  const found = await stackImages();
  const prefix = `pg-test-${process.pid}`;
  project.provide("stackImages", found);
  project.provide("stackPrefix", prefix);
  if (found.kind === "none") return;
  cleanUpAfterUs(prefix);
  const env = buildEnv({ ...process.env, COMPOSE_FILE: "docker-compose.yml" });
  await docker(composeArgs({ folder: ROOT, images: found.images, env }, ["build", "--quiet", "api"]), env);
}

/**
 * A process of its own that removes our projects once we are gone: also where we are killed, and a `compose up` of ours
 * goes on by itself for a while.
 */
function cleanUpAfterUs(prefix: string) {
  const clean = `
    while kill -0 ${process.pid} 2>/dev/null; do sleep 1; done
    for round in 1 2 3 4 5; do
      docker ps --all --format '{{.Label "com.docker.compose.project"}}' | grep '^${prefix}-' | sort -u | while read -r project; do
        docker compose -p "$project" down --volumes --remove-orphans --timeout 0
      done
      sleep 5
    done`;
  spawn("sh", ["-c", clean], { cwd: ROOT, detached: true, stdio: "ignore" }).unref();
}
