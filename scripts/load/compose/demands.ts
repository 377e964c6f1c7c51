import { setTimeout as pause } from "node:timers/promises";
import type { Container } from "../../../stack/compose/containers.ts";
import { causeOf, Fault } from "../../lib/fault.ts";
import type { LoadStack } from "../load-stack.ts";

/** Two loads at once would each spoil the other's counts. Throws a Fault. */
export function demandNoOtherLoad(containers: readonly Container[]): void {
  const other = containers.find(({ Service, State }) => Service === "k6" && State === "running");
  if (other === undefined) return;
  const hint = "Wait for its end, or give this one a stack of its own: COMPOSE_PROJECT_NAME and other ports.";
  throw new Fault("busy", `A load is under way on this stack already (container ${other.Name}).`, hint);
}

/** By part; the API is where the load balancer is. Throws a Fault. */
export function demandAddresses(published: Readonly<Record<string, string>>): LoadStack["addresses"] {
  const { nginx, prometheus, ...others } = published;
  if (nginx !== undefined && prometheus !== undefined) return { api: nginx, prometheus, ...others };
  throw new Fault("project", "nginx and Prometheus publish no port.", "Does an override take it away?");
}

/** Milliseconds. */
const ANSWER_WITHIN = 10_000;
const POLL = 200;

/**
 * One request through the load balancer: its metrics have no series before the first. Replicas that were just made are
 * healthy up to some seconds before it hears of them from Docker's DNS. Throws a Fault after `within` milliseconds.
 */
export async function demandAnswers(api: string, within: number, signal: AbortSignal): Promise<void> {
  const url = `${api}/openapi.json`;
  const deadline = performance.now() + within;
  for (;;) {
    const status = await fetch(url, { signal: AbortSignal.timeout(ANSWER_WITHIN) }).then(
      (response) => String(response.status),
      causeOf,
    );
    if (status === "200") return;
    if (signal.aborted) throw new Fault("aborted", "The start of the stack was interrupted.", "");
    if (performance.now() > deadline)
      throw new Fault("not-ready", `${url} answers ${status}.`, "See: npm run stack:status");
    await pause(POLL);
  }
}
