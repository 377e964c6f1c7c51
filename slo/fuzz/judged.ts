import { FORMATS } from "../commands/formats.ts";
import { renderReport } from "../commands/render.ts";
import type { Terminal } from "../commands/terminal.ts";
import type { Evidence } from "../core/evidence.ts";
import type { Answer, Fetched, InstantRequest, RangeRequest, RawSeries } from "../core/fetched.ts";
import { COUNTER, selector } from "../core/fixtures/scene.ts";
import { judge } from "../core/judge.ts";
import { phasesOf } from "../core/phases.ts";
import { reduceEvidence } from "../core/reduce.ts";
import type { Report, RunVerdict } from "../core/report.ts";
import { evidenceShape } from "../io/files/shapes/evidence.ts";
import { reportShape } from "../io/files/shapes/report.ts";
import { PrometheusFault } from "../io/prometheus/fault.ts";
import { readResponse } from "../io/prometheus/response.ts";
import type { Case } from "./arbitrary.ts";
import { mutate, type Reply, repliesOf, textOf } from "./mutate.ts";
import { isTelling } from "./mutation.ts";
import { FILE, SCENES, type Scene } from "./scenes.ts";

const CONVERSATION = { address: "http://prometheus.test", timeout: 30 };

const TERMINAL: Terminal = { width: 80, unicode: true, paint: (_tone, text) => text };

/** As axios hands a body over: JSON where it is some, the text where not. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function seriesOf(reply: Reply): readonly RawSeries[] {
  const body = parsed(textOf(reply));
  return readResponse({ status: reply.status, location: "https://login.test/", body }, CONVERSATION).series;
}

function answered<Request extends RangeRequest | InstantRequest>(
  request: Request,
  reply: Reply | undefined,
): Answer<Request, RawSeries> {
  if (reply === undefined) throw new Error("a request without an answer");
  try {
    return { kind: "answer", request, result: seriesOf(reply) };
  } catch (error) {
    if (!(error instanceof PrometheusFault)) throw error;
    const name = "metric" in request ? request.metric : request.promql;
    return { kind: "failure", request, failure: { request: name, code: error.code, text: error.message } };
  }
}

function fetched({ plan }: Scene, replies: readonly Reply[]): Fetched {
  const { ranges, instants } = plan;
  return {
    ranges: ranges.map((request, index) => answered(request, replies[index])),
    instants: instants.map((request, index) => answered(request, replies[ranges.length + index])),
  };
}

function judgedBy(scene: Scene, replies: readonly Reply[]): Report {
  const { run } = scene;
  const serverCounter = "window" in run ? null : selector(COUNTER);
  const evidence = reduceEvidence(FILE, phasesOf(run), fetched(scene, replies), { serverCounter });
  const report = judge(FILE, run, evidence);
  const again = judge(FILE, run, evidenceShape.parse(JSON.parse(JSON.stringify(evidence))) as Evidence);
  const json = JSON.stringify(report);
  if (JSON.stringify(again) !== json) throw new Error("judged again from its evidence, the report is another");
  reportShape.parse(JSON.parse(json));
  const material = { report, run: "window" in run ? null : run, evidence, missing: [], assets: null };
  for (const format of FORMATS) renderReport(material, format, TERMINAL, null);
  return report;
}

interface Verdicts {
  readonly run: RunVerdict;
  readonly objectives: readonly string[];
}

function verdictsOf({ verdict, objectives }: Report): Verdicts {
  return { run: verdict, objectives: objectives.map((one) => one.verdict) };
}

/** What each scene comes to when nothing is changed. */
export const UNCHANGED: readonly Verdicts[] = SCENES.map((scene) => verdictsOf(judgedBy(scene, repliesOf(scene))));

/** Judges a case. Throws where it breaks down, or passes what did not pass before though the answer tells of the change. */
export function judgeCase({ scene: index, mutations }: Case): Report {
  const scene = SCENES[index];
  const before = UNCHANGED[index];
  if (scene === undefined || before === undefined) throw new Error(`there is no scene ${index}`);
  const report = judgedBy(scene, mutations.reduce(mutate, repliesOf(scene)));
  if (!mutations.every(isTelling)) return report;
  const now = verdictsOf(report);
  const worse = now.objectives.findIndex((verdict, place) => verdict === "pass" && before.objectives[place] !== "pass");
  const name = report.objectives[worse]?.name;
  if (name !== undefined) throw new Error(`${name} was ${before.objectives[worse]} in "${scene.name}", and passes now`);
  if (now.run === "pass" && before.run !== "pass")
    throw new Error(`the run was ${before.run} in "${scene.name}", and passes now`);
  return report;
}
