import type { NativeOptions } from "../../../stack/native/types.ts";
import { inProject } from "../../lib/paths.ts";
import type { StackOrder } from "../load-stack.ts";

const SEEDED_TASKS = "1000";
const SEED = "42";
/** Two scrapes must fit into the pause between two phases. */
const SCRAPE_INTERVAL = "500ms";

/** MiB. The API's garbage is short-lived: a small young generation keeps its memory low and steady at the same CPU. */
const YOUNG_GENERATION = 8;

export function nativeOptions(order: StackOrder, prometheusBin: string, cacheDir: string): NativeOptions {
  const node = (entry: string, ...args: string[]) => ({
    command: process.execPath,
    args: [inProject(entry), ...args],
    cwd: inProject("."),
  });
  const preloads = order.request.preload.flatMap((path) => ["--import", path]);
  return {
    api: {
      start: {
        command: process.execPath,
        args: [`--max-semi-space-size=${YOUNG_GENERATION}`, ...preloads, inProject("api/main.ts")],
        cwd: inProject("."),
      },
      migrate: node("api/migrate.ts"),
      seed: node("api/seed.ts", "--tasks", SEEDED_TASKS, "--seed", SEED),
      env: { LATENCY_EDGES: order.edges.join(","), RATE_LIMIT_PER_MINUTE: "0", LOG_LEVEL: "warn" },
    },
    templateInputs: [inProject("api/migrations"), inProject("api/seed.ts")],
    prometheus: { bin: prometheusBin, scrapeInterval: SCRAPE_INTERVAL },
    cacheDir,
    logDir: order.folder.path,
    say: order.say,
    signal: order.signal,
  };
}
