import { beforeAll, expect, test } from "vitest";
import { request, rows, value } from "../testing/ask.ts";
import { type ComposeStack, containersOf, describeOnStack } from "../testing/compose-stack.ts";
import { untilHealthy } from "../testing/container.ts";
import { docker } from "../testing/images.ts";
import { until } from "../testing/poll.ts";
import { untilScrapedAfter } from "../testing/scrape.ts";
import { untilServing } from "../testing/serving.ts";

const SERVICES = [
  "postgres",
  "api",
  "nginx",
  "prometheus",
  "alertmanager",
  "alert-log",
  "cadvisor",
  "node-exporter",
  "postgres-exporter",
  "nginx-exporter",
];
const TASKS = 50;

async function first(stack: ComposeStack, service: string): Promise<string> {
  const [id] = await containersOf(stack, service);
  if (id === undefined) throw new Error(`no container of ${service}`);
  return id;
}

/** Everything kept: rows, samples up to a moment, silences. */
interface Kept {
  readonly rows: number;
  readonly samples: number | null;
  readonly silences: number;
}

async function kept(stack: ComposeStack, at: number): Promise<Kept> {
  const silences = (await (await fetch(`${stack.alertmanager}/api/v2/silences`)).json()) as readonly unknown[];
  return { rows: await rows(stack), samples: await samples(stack, at), silences: silences.length };
}

/** Samples of the API's histogram in the ten minutes up to a moment. */
function samples(stack: ComposeStack, at: number): Promise<number | null> {
  return value(stack, `sum(count_over_time(http_request_duration_seconds_bucket{job="api"}[10m] @ ${at}))`);
}

async function silence({ alertmanager }: ComposeStack) {
  const now = Date.now();
  const answer = await fetch(`${alertmanager}/api/v2/silences`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      matchers: [{ name: "alertname", value: "None", isRegex: false, isEqual: true }],
      startsAt: new Date(now).toISOString(),
      endsAt: new Date(now + 3_600_000).toISOString(),
      createdBy: "test",
      comment: "to be kept",
    }),
  });
  expect(answer.status).toBe(200);
}

describeOnStack("faults of the Compose stack", (stack) => {
  let at = 0;
  let before: Kept;

  beforeAll(async () => {
    await untilServing(stack());
    const titles = Array.from({ length: TASKS }, (_, index) => ({ title: `kept ${index}` }));
    const answers = await Promise.all(titles.map((task) => request(stack(), "POST", "/tasks", task)));
    expect(answers).toEqual(titles.map(() => 201));
    await silence(stack());
    at = await until("a thousand samples", 120, async () => {
      const now = Date.now() / 1000;
      return ((await samples(stack(), now)) ?? 0) > 1000 ? now : null;
    });
    await untilScrapedAfter(stack(), at, "api");
    before = await kept(stack(), at);
    expect(before).toMatchObject({ rows: TASKS, silences: 1 });
  });

  test.each(SERVICES)("a restart of %s alone loses no row, no sample, no silence", async (service) => {
    const id = await first(stack(), service);
    await docker(["restart", id]);
    await untilHealthy(id);
    await untilServing(stack());
    expect(await kept(stack(), at)).toEqual(before);
  });

  test.each(["postgres", "prometheus"])("%s, killed without a word, loses nothing either", async (service) => {
    const id = await first(stack(), service);
    await docker(["kill", id]);
    await docker(["start", id]);
    await untilHealthy(id);
    await untilServing(stack());
    expect(await kept(stack(), at)).toEqual(before);
  });

  test("a replica killed under load fails no request but those in flight, and loses no acknowledged row", async () => {
    const seen: { readonly method: string; readonly status: number; readonly from: number; readonly to: number }[] = [];
    let going = true;
    const work = async (worker: number) => {
      for (let turn = worker; going; turn += 1) {
        const from = performance.now();
        const method = turn % 4 === 0 ? "POST" : "GET";
        const status = await request(
          stack(),
          method,
          "/tasks",
          method === "POST" ? { title: "under load" } : undefined,
        );
        seen.push({ method, status, from, to: performance.now() });
      }
    };
    const workers = Array.from({ length: 16 }, (_, worker) => work(worker));
    await until("a load under way", 120, async () => (seen.length >= 200 ? true : null));
    const id = await first(stack(), "api");
    const killing = performance.now();
    await docker(["kill", id]);
    const killed = performance.now();
    // Seconds in which Docker's DNS drops the dead replica, and nginx hears of it while requests are under way.
    await until("a load that goes on", 120, async () => {
      const after = seen.filter(({ from }) => from > killed);
      return after.length > 200 && (after.at(-1)?.to ?? 0) > killed + 4000 ? true : null;
    });
    going = false;
    await Promise.all(workers);
    await docker(["start", id]);
    await untilHealthy(id);

    const failed = seen.filter(({ status }) => status !== 200 && status !== 201);
    const told = `${seen.length} requests, ${seen.filter(({ from }) => from > killed).length} after the kill, ${failed.length} failed`;
    process.stderr.write(`replica killed under load: ${told}\n`);
    expect(seen.filter(({ from }) => from > killed).length, told).toBeGreaterThan(200);
    expect(failed.filter(({ from, to }) => from > killed || to < killing)).toEqual([]);
    expect(failed.length, told).toBeLessThanOrEqual(workers.length);
    expect(failed.filter(({ method }) => method === "GET")).toEqual([]);
    const acknowledged = seen.filter(({ status }) => status === 201).length;
    const added = (await rows(stack())) - TASKS;
    expect(added).toBeGreaterThanOrEqual(acknowledged);
    expect(added).toBeLessThanOrEqual(acknowledged + failed.length);
  });
});
