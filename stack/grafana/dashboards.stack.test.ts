import { expect, test } from "vitest";
import { type ComposeStack, describeOnStack } from "../testing/compose-stack.ts";
import { docker } from "../testing/images.ts";
import { until } from "../testing/poll.ts";
import { askAll } from "./live/ask.ts";
import { prometheusAt } from "./live/prometheus.ts";
import { psqlIn } from "./live/psql.ts";
import type { Line } from "./live/table.ts";

/** Seconds that panels show. */
const RANGE = 120;
/** Seconds, against a hang only, until the rules, evaluated every half minute, and the slowest rate have something to say. */
const PATIENCE = 400;

/** Tasks to list, and k6 as a container, for longer than the test lasts; gives its id. */
async function underLoad({ compose, project }: ComposeStack): Promise<string> {
  await compose(["exec", "-T", "api", "node", "api/seed.ts", "--tasks", "1000"]);
  const settings = ["LOAD_PROFILE=smoke", "LOAD_RATE=20", "LOAD_DURATION=1800"].flatMap((one) => ["-e", one]);
  const name = `${project}-k6`;
  const k6 = ["k6", "run", "--quiet", "--tag", "testid=stack-test", "--out", "experimental-prometheus-rw"];
  await compose(
    [
      ["--profile", "load", "run", "--detach", "--no-deps", "--no-TTY", "--name", name, ...settings],
      [...k6, "/loadtests/main.ts"],
    ].flat(),
  );
  return name;
}

describeOnStack("the dashboards on a stack under load", (stack) => {
  test("have data behind every panel but those that are excepted by name", async () => {
    const { prometheus, project } = stack();
    const load = await underLoad(stack());
    const sources = { prometheus: prometheusAt(prometheus), postgres: psqlIn(project) };
    const end = Date.now() + PATIENCE * 1000;
    let lines: readonly Line[];
    try {
      // What is wrong at the end is told by the assertion, panel by panel.
      lines = await until("answers to every panel's query", 2 * PATIENCE, async () => {
        const to = Math.floor(Date.now() / 1000);
        const asked = await askAll({ from: to - RANGE, to, points: 1000 }, sources);
        return asked.some(({ wrong }) => wrong) && Date.now() < end ? null : asked;
      });
    } finally {
      await docker(["rm", "--force", load]);
    }
    expect(lines.length).toBeGreaterThan(200);
    const wrong = lines.filter((line) => line.wrong);
    expect(wrong.map(({ answered: { dashboard, panel, refId }, text }) => [dashboard, panel, refId, text])).toEqual([]);
  });
});
