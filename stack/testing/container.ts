import { z } from "zod";
import { docker } from "./images.ts";
import { until } from "./poll.ts";

const State = z.object({ Status: z.string(), Health: z.object({ Status: z.string() }).nullish() });

/** Waits until a container runs and, where it has a health check, is healthy. */
export async function untilHealthy(id: string): Promise<void> {
  await until(`container ${id.slice(0, 12)} healthy`, 180, async () => {
    const state = State.parse(JSON.parse(await docker(["inspect", "--format", "{{json .State}}", id])));
    return state.Status === "running" && (state.Health?.Status ?? "healthy") === "healthy" ? state : null;
  });
}
