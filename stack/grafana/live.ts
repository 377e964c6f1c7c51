import { parseArgs } from "node:util";
import { askAll } from "./live/ask.ts";
import { prometheusAt } from "./live/prometheus.ts";
import { psqlIn } from "./live/psql.ts";
import { tableOf } from "./live/table.ts";
import { seconds } from "./live/times.ts";

const USAGE = `npm run dashboards:ask -- --prometheus URL [--compose PROJECT] [--range 5m] [--all]
  asks every panel's query as Grafana would, and says which return nothing; --compose asks PostgreSQL as well, by psql in
  that project's container; --all lists every query. Ends with 1 where one is broken, or empty without a reason`;

/** A panel's width in points, as on a large screen. */
const POINTS = 1000;

const OPTIONS = {
  prometheus: { type: "string" },
  compose: { type: "string" },
  range: { type: "string", default: "5m" },
  all: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

async function main(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...argv], options: OPTIONS });
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  if (values.prometheus === undefined) throw new Error("--prometheus is missing");
  const to = Math.floor(Date.now() / 1000);
  const window = { from: to - seconds(values.range), to, points: POINTS };
  const lines = await askAll(window, {
    prometheus: prometheusAt(values.prometheus),
    ...(values.compose === undefined ? {} : { postgres: psqlIn(values.compose) }),
  });
  const wrong = lines.filter((line) => line.wrong);
  const listed = values.all ? lines : wrong;
  if (listed.length > 0) process.stdout.write(`${tableOf(listed)}\n\n`);
  const kinds = ["data", "empty", "broken", "not asked"] as const;
  const counts = kinds.map(
    (kind) => `${lines.filter(({ answered }) => answered.outcome.kind === kind).length} ${kind}`,
  );
  process.stdout.write(`${lines.length} queries: ${counts.join(", ")}; ${wrong.length} wrong\n`);
  return wrong.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const wrong = error instanceof Error ? error.message : String(error);
  process.stderr.write(`✗ dashboards  ${wrong}\n  See: npm run dashboards:ask -- --help\n`);
  process.exitCode = 2;
}
