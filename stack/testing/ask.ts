import { z } from "zod";
import type { ComposeStack } from "./compose-stack.ts";

const Answer = z.object({
  data: z.object({
    result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) })),
  }),
});

const Targets = z.object({
  data: z.object({
    activeTargets: z.array(
      z.object({
        labels: z.object({ job: z.string(), instance: z.string() }),
        health: z.string(),
        lastError: z.string(),
      }),
    ),
  }),
});
export type Target = z.infer<typeof Targets>["data"]["activeTargets"][number];

/** An instant query's only value; null where nothing is there. Rejects where there are several. */
export async function value({ prometheus }: ComposeStack, promql: string): Promise<number | null> {
  const answer = await fetch(`${prometheus}/api/v1/query?${new URLSearchParams({ query: promql })}`);
  if (!answer.ok) throw new Error(`${promql}: ${await answer.text()}`);
  const { result } = Answer.parse(await answer.json()).data;
  if (result.length > 1) throw new Error(`${promql} has ${result.length} values`);
  return result[0] === undefined ? null : Number(result[0].value[1]);
}

/** What Prometheus scrapes. */
export async function targets({ prometheus }: ComposeStack): Promise<readonly Target[]> {
  const answer = await fetch(`${prometheus}/api/v1/targets?state=active`);
  return Targets.parse(await answer.json()).data.activeTargets;
}

const Tasks = z.object({ tasks: z.number() });

/** Tasks that PostgreSQL holds, asked of itself. */
export async function rows({ compose }: ComposeStack): Promise<number> {
  const query = "SELECT json_build_object('tasks', count(*)) FROM tasks";
  const psql = ["psql", "--host", "/tmp", "--username", "postgres", "--dbname", "tasks", "--no-psqlrc", "-tAc", query];
  const path = "PATH=$PATH:/usr/lib/postgresql/18/bin";
  const said = await compose(["exec", "-T", "postgres", "sh", "-c", `${path} exec "$@"`, "sh", ...psql]);
  return Tasks.parse(JSON.parse(said)).tasks;
}

/** One request through the load balancer; 0 where no answer came. */
export async function request(
  stack: ComposeStack,
  method: "GET" | "POST",
  path: string,
  body?: object,
): Promise<number> {
  try {
    const answer = await fetch(`${stack.nginx}${path}`, {
      method,
      headers: { authorization: `Bearer ${stack.token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}
