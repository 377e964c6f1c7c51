import { expect, test } from "vitest";
import { z } from "zod";
import { type ComposeStack, describeOnStack } from "../testing/compose-stack.ts";
import { until } from "../testing/poll.ts";

const Arrival = z.object({
  status: z.enum(["firing", "resolved"]),
  alert: z.string(),
  severity: z.string(),
  receiver: z.string(),
});
type Arrival = z.infer<typeof Arrival>;

/** What the webhook has logged. */
async function arrivals({ compose }: ComposeStack): Promise<readonly Arrival[]> {
  const lines = (await compose(["logs", "--no-log-prefix", "--no-color", "alert-log"])).split("\n");
  return lines.flatMap((line) => {
    const said = line.startsWith("{") ? Arrival.safeParse(JSON.parse(line)) : null;
    return said?.success ? [said.data] : [];
  });
}

/** Seconds, against a hang only: what Prometheus tells an Alertmanager that is not up yet, it tells again after a minute. */
const WITHIN = 240;

async function arrival(stack: ComposeStack, alert: string, status: Arrival["status"]) {
  return until(`${alert} ${status} in the log`, WITHIN, async () => {
    const all = await arrivals(stack);
    return all.find((one) => one.alert === alert && one.status === status) ?? null;
  });
}

describeOnStack("alerts on their way", (stack) => {
  test("the Watchdog arrives: Prometheus, Alertmanager and the webhook are joined", async () => {
    expect(await arrival(stack(), "Watchdog", "firing")).toMatchObject({ severity: "none", receiver: "watchdog" });
  });

  test("PostgreSQL stopped: one is paged, and told when it is back", async () => {
    const { compose } = stack();
    await compose(["stop", "postgres"]);
    const page = { severity: "page", receiver: "page" };
    expect(await arrival(stack(), "PostgresDown", "firing")).toMatchObject(page);
    await compose(["start", "postgres"]);
    await arrival(stack(), "PostgresDown", "resolved");
  });
});
