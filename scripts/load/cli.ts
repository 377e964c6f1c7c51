import { isAbsolute, resolve } from "node:path";
import yargs from "yargs";
import { Fault } from "../lib/fault.ts";
import { inProject } from "../lib/paths.ts";
import type { AskedLoad } from "./request.ts";

export type Parsed =
  | { readonly kind: "run"; readonly request: AskedLoad }
  | { readonly kind: "text"; readonly text: string };

const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/;
const SECONDS = { ms: 0.001, s: 1, m: 60, h: 3600 } as const;

/** Seconds; a bare number is seconds. Throws a Fault. */
export function parseDuration(text: string): number {
  const match = DURATION.exec(text.trim());
  const seconds = match === null ? 0 : Number(match[1]) * SECONDS[(match[2] ?? "s") as keyof typeof SECONDS];
  if (seconds <= 0) {
    throw new Fault("duration", `--duration: "${text}" is not a duration`, "Write for example 30s, 2m or 1h.", 2);
  }
  return seconds;
}

/** Requests per second, whole. Throws a Fault. */
export function parseRate(text: string): number {
  const rate = Number(text);
  if (!Number.isInteger(rate) || rate < 1) {
    throw new Fault(
      "rate",
      `--rate: "${text}" is not a whole number of requests per second`,
      "Write for example 200.",
      2,
    );
  }
  return rate;
}

/** Paths are taken relative to `cwd`. Throws a Fault for what the user wrote wrong. */
export async function parseArguments(argv: readonly string[], cwd: string): Promise<Parsed> {
  const absolute = (path: string) => (isAbsolute(path) ? path : resolve(cwd, path));
  const parser = yargs([...argv])
    .scriptName("npm run load --")
    .usage("Puts the Task API under load and judges it by its objectives.\n\n$0 [options]")
    .option("profile", {
      string: true,
      requiresArg: true,
      default: "average",
      describe: "shape of the load: smoke, average, soak",
    })
    .option("rate", { string: true, requiresArg: true, describe: "requests per second of the steady phase" })
    .option("duration", { string: true, requiresArg: true, describe: "length of the steady phase: 30s, 2m" })
    .option("objectives", {
      string: true,
      requiresArg: true,
      describe: "objectives file; slo/objectives/task-api.yaml, or task-api-compose.yaml there",
    })
    .option("script", {
      string: true,
      requiresArg: true,
      default: inProject("loadtests/main.ts"),
      defaultDescription: "loadtests/main.ts",
      describe: "k6 script",
    })
    .option("stack", {
      choices: ["auto", "native", "compose"] as const,
      default: "auto" as const,
      describe: "what the system runs on",
    })
    .option("keep", { boolean: true, default: false, describe: "leave the stack up after the verdict, until Ctrl-C" })
    .option("anyway", {
      boolean: true,
      default: false,
      describe: "put the load on even where it cannot prove its objectives",
    })
    .option("results", {
      string: true,
      requiresArg: true,
      default: inProject("results"),
      defaultDescription: "results",
      describe: "folder that run folders go into",
    })
    .option("preload", {
      string: true,
      array: true,
      requiresArg: true,
      default: [] as string[],
      defaultDescription: "none",
      describe: "module to load into the API before its own code (drills)",
    })
    .epilogue("Exit codes: 0 every gating objective met, 1 an objective broken, 2 wrong input, 3 could not be judged.")
    .strict()
    .version(false)
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new Fault("usage", message, "See: npm run load -- --help", 2);
    });
  let text = "";
  const args = await parser.parseAsync([...argv], {}, (_error, _args, output) => {
    text = output;
  });
  if (text !== "") return { kind: "text", text };
  const extra = args._[0];
  if (extra !== undefined) throw new Fault("usage", `Unknown argument: ${extra}`, "See: npm run load -- --help", 2);
  for (const name of ["profile", "rate", "duration", "objectives", "script", "stack", "results"] as const) {
    if (Array.isArray(args[name])) throw new Fault("usage", `--${name} is given twice`, "Give it once.", 2);
  }
  return {
    kind: "run",
    request: {
      profile: args.profile,
      rate: args.rate === undefined ? null : parseRate(args.rate),
      duration: args.duration === undefined ? null : parseDuration(args.duration),
      objectives: args.objectives === undefined ? null : absolute(args.objectives),
      script: absolute(args.script),
      stack: args.stack,
      keep: args.keep,
      anyway: args.anyway,
      results: absolute(args.results),
      preload: args.preload.map(absolute),
    },
  };
}
