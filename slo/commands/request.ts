import { Fault } from "../io/fault.ts";
import type { PrometheusAddress } from "../io/prometheus/address.ts";
import { type ConnectionArguments, connectionFiles, readConnection } from "./connection.ts";
import { type Format, type Output, readFormat, readOutput } from "./formats.ts";
import { filesOfRun, refuseOverwriting, type TakenFile } from "./outputs.ts";
import type { Shell } from "./shell.ts";
import { type Window, windowBetween, windowLast } from "./window.ts";

/** Flags of `slo check` as they were written. */
export interface CheckArguments extends ConnectionArguments {
  readonly objectives: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly last: string | undefined;
  readonly run: string | undefined;
  readonly format: string;
  readonly outputs: readonly string[];
  readonly timeout: string | undefined;
  readonly wait: string | undefined;
  readonly color: boolean | undefined;
}

/** What is to be judged, and from what; `again`: from a run's own evidence, without Prometheus. */
export type Span =
  | { readonly kind: "run"; readonly folder: string; readonly address: PrometheusAddress }
  | { readonly kind: "again"; readonly folder: string }
  | { readonly kind: "window"; readonly window: Window; readonly address: PrometheusAddress };

export interface CheckRequest {
  readonly span: Span;
  readonly format: Format;
  readonly outputs: readonly Output[];
  /** Seconds. */
  readonly timeout: number;
  /** Seconds; null: as long as it takes, within reason. */
  readonly wait: number | null;
}

const DEFAULT_TIMEOUT = 30;

/** Reads the flags of `slo check` against each other. Rejects with a Fault, exit 2. */
export async function readRequest(given: CheckArguments, shell: Shell): Promise<CheckRequest> {
  const span = await readSpan(given, shell);
  const format = readFormat(given.format);
  const outputs = given.outputs.map(readOutput);
  await refuseOverwriting(outputs, takenFiles(given), shell.cwd);
  return {
    span,
    format,
    outputs,
    timeout: readTimeout(given.timeout),
    wait: given.wait === undefined ? null : readSeconds("--wait", given.wait, 0),
  };
}

function takenFiles(given: CheckArguments): readonly TakenFile[] {
  return [
    { path: given.objectives, what: "the objectives file" },
    ...connectionFiles(given),
    ...(given.run === undefined ? [] : filesOfRun(given.run)),
  ];
}

async function readSpan(given: CheckArguments, shell: Shell): Promise<Span> {
  const ways = [
    ...(given.run === undefined ? [] : ["--run"]),
    ...(given.last === undefined ? [] : ["--last"]),
    ...(given.from === undefined && given.to === undefined ? [] : ["--from and --to"]),
  ];
  const usage = "give one of --run FOLDER, --last 10m, or --from TIME --to TIME";
  if (ways.length > 1) throw new Fault("usage", 2, `${ways.join(" and ")} exclude each other`, usage);
  if (given.run !== undefined) {
    if (given.prometheus === undefined) return { kind: "again", folder: given.run };
    return { kind: "run", folder: given.run, address: await readConnection(given, given.prometheus, shell) };
  }
  const window = readWindow(given, shell.now(), usage);
  if (given.prometheus === undefined) {
    throw new Fault("usage", 2, "a window needs --prometheus", "write --prometheus http://localhost:9090");
  }
  return { kind: "window", window, address: await readConnection(given, given.prometheus, shell) };
}

function readWindow({ from, to, last }: CheckArguments, now: number, usage: string): Window {
  if (last !== undefined) return windowLast(last, now);
  if (from !== undefined && to !== undefined) return windowBetween(from, to, now);
  if (from !== undefined) throw new Fault("usage", 2, "--from needs --to", usage);
  if (to !== undefined) throw new Fault("usage", 2, "--to needs --from", usage);
  throw new Fault("usage", 2, "nothing says what time to judge", usage);
}

/** Reads `--timeout` of whatever command, seconds. Throws a Fault, exit 2. */
export function readTimeout(text: string | undefined): number {
  return text === undefined ? DEFAULT_TIMEOUT : readSeconds("--timeout", text, 0.001);
}

function readSeconds(flag: string, text: string, least: number): number {
  const seconds = Number(/^\d+(\.\d+)?s?$/.test(text) ? text.replace(/s$/, "") : "nothing");
  if (seconds >= least && seconds <= 3600) return seconds;
  throw new Fault("usage", 2, `${flag} ${text} is not a number of seconds up to 3600`, `write it as ${flag} 30`);
}
