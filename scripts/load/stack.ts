import type { NativeOptions } from "../../stack/native/types.ts";
import { Fault } from "../lib/fault.ts";
import { inProject } from "./paths.ts";
import type { LoadRequest } from "./request.ts";

const SEEDED_TASKS = "1000";
const SEED = "42";
/** Two scrapes must fit into the pause between two phases. */
const SCRAPE_INTERVAL = "500ms";

export interface StackInputs {
  readonly request: LoadRequest;
  readonly prometheusBin: string;
  /** Seconds: the API's histogram gets an edge at each objective's limit. */
  readonly edges: readonly number[];
  readonly logDir: string;
  readonly cacheDir: string;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Why this stack; throws a Fault for one that is not there. */
export function chooseStack(request: LoadRequest): string {
  switch (request.stack) {
    case "compose":
      throw new Fault("stack", "--stack compose: there is no Compose stack yet", "Use --stack native.", 2);
    case "native":
      return "native, as asked";
    case "auto":
      return "native, the only one there is yet";
    default:
      return request.stack satisfies never;
  }
}

/** MiB. The API's garbage is short-lived: a small young generation keeps its memory low and steady at the same CPU. */
const YOUNG_GENERATION = 8;

export function nativeOptions(inputs: StackInputs): NativeOptions {
  const node = (entry: string, ...args: string[]) => ({
    command: process.execPath,
    args: [inProject(entry), ...args],
    cwd: inProject("."),
  });
  const preloads = inputs.request.preload.flatMap((path) => ["--import", path]);
  return {
    api: {
      start: {
        command: process.execPath,
        args: [`--max-semi-space-size=${YOUNG_GENERATION}`, ...preloads, inProject("api/main.ts")],
        cwd: inProject("."),
      },
      migrate: node("api/migrate.ts"),
      seed: node("api/seed.ts", "--tasks", SEEDED_TASKS, "--seed", SEED),
      env: { LATENCY_EDGES: inputs.edges.join(","), RATE_LIMIT_PER_MINUTE: "0", LOG_LEVEL: "warn" },
    },
    templateInputs: [inProject("api/migrations"), inProject("api/seed.ts")],
    prometheus: { bin: inputs.prometheusBin, scrapeInterval: SCRAPE_INTERVAL },
    cacheDir: inputs.cacheDir,
    logDir: inputs.logDir,
    say: inputs.say,
    signal: inputs.signal,
  };
}
