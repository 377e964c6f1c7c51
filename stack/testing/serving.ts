import { request } from "./ask.ts";
import type { ComposeStack } from "./compose-stack.ts";
import { until } from "./poll.ts";

/** Waits until the API's answers come through the load balancer, which hears of replicas by DNS, each second. */
export async function untilServing(stack: ComposeStack): Promise<void> {
  await until("an answer through the load balancer", 120, async () =>
    (await request(stack, "GET", "/tasks?limit=1")) === 200 ? true : null,
  );
}
