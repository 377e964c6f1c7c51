import type { RequestListener, ServerResponse } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { runFile } from "../core/fixtures/scene.ts";
import type { Report } from "../core/report.ts";
import type { RunFile, WindowFacts } from "../core/run.ts";
import { reportShape } from "../io/files/shapes/report.ts";
import { folderWith, type Ran, sloHere } from "../testing/command.ts";
import { type RunningServer, serveHttp } from "../testing/http.ts";
import type { Accident, TravellingCase } from "./arbitrary.ts";
import { mutate, type Reply, textOf } from "./mutate.ts";
import { isTelling } from "./mutation.ts";
import { LAGGING, WORLDS } from "./scenes.ts";
import { type Asked, healthyPrometheus, readAsked } from "./served.ts";

/** What is judged, with every kind of objective, as a person writes it; `FILE` of `scenes.ts` once more. */
const OBJECTIVES = `service: api
objectives:
  - name: latency
    latency: { histogram: 'http_request_duration_seconds{job="api",method="GET"}', percentile: 99, atMost: 300ms }
  - name: errors
    ratio:
      bad: 'http_request_duration_seconds_count{job="api",status_code=~"5.."}'
      total: 'http_request_duration_seconds_count{job="api"}'
      atMost: 0.1%
  - { name: memory, resource: { service: api, memory: { atMost: 256MiB } } }
  - { name: cpu, resource: { service: api, cpu: { atMost: 1, stat: mean } } }
  - { name: query, query: { promql: 'max_over_time(db_pool_waiting[$phase])', atMost: 2 } }
`;

/** By everybody's clock; long after the scenes. */
const NOW = 2000;

export const CHECKED_SCENES = [...WORLDS, LAGGING];

interface Checked {
  readonly verdict: Report["verdict"];
  readonly objectives: readonly (readonly [name: string, verdict: string])[];
}

interface Recording {
  readonly keys: readonly string[];
  readonly replies: readonly Reply[];
  readonly unchanged: Checked;
}

/** Judges cases by the whole command, over real HTTP. `close` frees what it holds. */
export interface Checker {
  readonly unchanged: () => Promise<readonly (readonly [scene: string, checked: Checked])[]>;
  /** Rejects where it breaks down, or passes what did not pass before though the answers tell of the change. */
  readonly judge: (one: TravellingCase) => Promise<Checked>;
  readonly close: () => Promise<void>;
}

interface Served {
  readonly status: number;
  readonly text: string;
  readonly accident: Accident["how"] | null;
}

type Answering = (asked: Asked) => Served;

const keyOf = ({ query, at, lookback }: Asked) => `${query} ${at} ${lookback}`;

/** A request for several metrics is known by its first. */
function metricOf(query: string): string {
  return /^(?:timestamp\()?(?:\{__name__=~")?([\w:]*)/.exec(query)?.[1] ?? "";
}

export async function openChecker(): Promise<Checker> {
  const state: { answering: Answering } = { answering: () => nothing };
  const server = await serveHttp(listener((asked) => state.answering(asked)));
  const healthy = CHECKED_SCENES.map(([, world]) => healthyPrometheus(world));
  const folders = await Promise.all(CHECKED_SCENES.map(([, , run]) => folderOf(run)));
  const recordings = new Map<number, Promise<Recording>>();

  const check = async (scene: number, answering: Answering): Promise<Checked> => {
    const [, , run] = CHECKED_SCENES[scene] ?? [];
    const folder = folders[scene];
    if (folder === undefined) throw new Error(`there is no scene ${scene}`);
    state.answering = answering;
    return await checked(folder.path, server, run !== undefined && "window" in run);
  };
  const honest = (scene: number) => (asked: Asked) => {
    const body = healthy[scene]?.(asked) ?? null;
    return body === null ? unasked(asked) : { status: 200, text: JSON.stringify(body), accident: null };
  };
  const record = async (scene: number): Promise<Recording> => {
    const heard = new Map<string, Reply>();
    const answering = honest(scene);
    const unchanged = await check(scene, (asked) => {
      const body = healthy[scene]?.(asked);
      heard.set(keyOf(asked), { metric: metricOf(asked.query), status: 200, body, text: null });
      return answering(asked);
    });
    const ordered = [...heard].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return { keys: ordered.map(([key]) => key), replies: ordered.map(([, reply]) => reply), unchanged };
  };
  const recorded = (scene: number): Promise<Recording> => {
    const found = recordings.get(scene) ?? record(scene);
    recordings.set(scene, found);
    return found;
  };
  return {
    unchanged: async () => {
      const all: (readonly [string, Checked])[] = [];
      for (const [scene, [name]] of CHECKED_SCENES.entries()) all.push([name, (await recorded(scene)).unchanged]);
      return all;
    },
    judge: async ({ scene, mutations, accident }) => {
      const { keys, replies, unchanged } = await recorded(scene);
      const changed = mutations.reduce(mutate, replies);
      const hit = accident === null ? -1 : accident.answer % Math.max(1, keys.length);
      const now = await check(scene, (asked) => {
        const index = keys.indexOf(keyOf(asked));
        const reply = changed[index];
        // Parts of what was found too large, and what only odd answers lead to.
        if (reply === undefined) return honest(scene)(asked);
        return { status: reply.status, text: textOf(reply), accident: index === hit ? (accident?.how ?? null) : null };
      });
      if (mutations.every(isTelling)) refuseBetter(now, unchanged, CHECKED_SCENES[scene]?.[0] ?? "");
      return now;
    },
    close: async () => {
      await server.stop();
      await Promise.all(folders.map(({ remove }) => remove()));
    },
  };
}

const nothing: Served = { status: 404, text: "", accident: null };

function unasked({ query }: Asked): Served {
  const body = { status: "error", errorType: "bad_data", error: `not a query of this test: ${query}` };
  return { status: 400, text: JSON.stringify(body), accident: null };
}

function listener(answering: Answering): RequestListener {
  return async (request, response) => {
    const body = await text(request);
    if (!request.url?.startsWith("/api/v1/query")) send(response, nothing);
    else send(response, answering(readAsked(body, NOW)));
  };
}

function send(response: ServerResponse, { status, text: body, accident }: Served): void {
  const bytes = Buffer.from(body);
  response.statusCode = status;
  response.setHeader("content-type", "application/json");
  switch (accident) {
    case null:
      response.end(bytes);
      return;
    case "gone":
      response.destroy();
      return;
    case "half":
      response.setHeader("content-length", bytes.length);
      response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
      return;
    case "short":
      response.setHeader("content-length", bytes.length >> 1);
      response.end(bytes.subarray(0, bytes.length >> 1));
      return;
    case "packed":
      response.setHeader("content-encoding", "gzip");
      response.end(bytes);
      return;
    default:
      accident satisfies never;
  }
}

async function folderOf(run: RunFile | WindowFacts = runFile()) {
  const file = "window" in run ? null : run;
  return await folderWith({
    "objectives.yaml": OBJECTIVES,
    ...(file === null ? {} : { [join("run", "run.json")]: JSON.stringify(file) }),
  });
}

const TRACE = /^\s+at .*:\d+:\d+\)?$/m;

async function checked(folder: string, { url }: RunningServer, window: boolean): Promise<Checked> {
  const span = window ? ["--from", "1000", "--to", "1030"] : ["--run", "run"];
  const args = ["check", "objectives.yaml", ...span, "--format", "json", "--timeout", "20"];
  const options = { cwd: folder, now: NOW };
  const ran = await sloHere([...args, "--prometheus", url], options);
  const report = reportOf(ran);
  if (!window && (await sloHere(args, options)).stdout !== ran.stdout)
    throw new Error("judged again from its evidence, the report is another");
  return { verdict: report.verdict, objectives: report.objectives.map(({ name, verdict }) => [name, verdict]) };
}

function reportOf({ code, stdout, stderr }: Ran): Report {
  if (TRACE.test(stderr) || stderr.includes("an error of our own")) throw new Error(`it broke down: ${stderr}`);
  if (stdout === "") throw new Error(`no report, and exit code ${code}: ${stderr}`);
  const report = reportShape.parse(JSON.parse(stdout)) as Report;
  if (code !== report.exitCode) throw new Error(`exit code ${code}, and the report says ${report.exitCode}`);
  if ((code === 0) !== (report.verdict === "pass")) throw new Error(`exit code ${code} for ${report.verdict}`);
  return report;
}

function refuseBetter(now: Checked, before: Checked, scene: string): void {
  for (const [index, [name, verdict]] of now.objectives.entries()) {
    const was = before.objectives[index]?.[1];
    if (verdict === "pass" && was !== "pass") throw new Error(`${name} was ${was} in "${scene}", and passes now`);
  }
  if (now.verdict === "pass" && before.verdict !== "pass")
    throw new Error(`the run was ${before.verdict} in "${scene}", and passes now`);
}
