import type { CounterEvidence, Evidence } from "../../core/evidence.ts";
import { formatBytes, formatCount, formatDuration, formatShare, formatValue } from "../../core/format.ts";
import { edgesOf, quantileOf } from "../../core/quantile.ts";
import { sidesOf } from "../../core/spans.ts";
import { evidenceOf } from "../evidence-of.ts";
import { witnesses } from "../summary.ts";
import { courseChart } from "./course-chart.ts";
import { throughputCourse } from "./courses.ts";
import { html, type Markup, type Part } from "./markup.ts";
import { facts, table } from "./tables.ts";
import type { Told } from "./told.ts";

/** Offered against achieved, and how the generator fared. */
export function loadSection(told: Told): Markup | null {
  const course = throughputCourse(told);
  const { run } = told;
  if (course === null && run === null) return null;
  const rows = (run?.load ?? []).map(({ phase, offeredRate, achievedRate, maxVUs, peakVUs, generatorCpu }) => {
    const client = run?.client.find((one) => one.phase === phase);
    return [
      phase,
      `${formatValue(offeredRate, "number")}/s`,
      `${formatValue(achievedRate, "number")}/s`,
      offeredRate > 0 ? formatShare(achievedRate / offeredRate) : "–",
      orDash(client?.droppedIterations, formatCount),
      `${orDash(peakVUs, formatCount)} of ${formatCount(maxVUs)}`,
      orDash(generatorCpu, formatShare),
    ];
  });
  const heads = ["phase", "offered iterations", "achieved", "of offered", "dropped", "virtual users", "generator CPU"];
  return html`<section id="load"><h2>Throughput</h2>${course === null ? null : courseChart(course)}${rows.length === 0 ? null : table("Offered and achieved, by phase", heads, rows)}</section>`;
}

function orDash(value: number | null | undefined, show: (value: number) => string): string {
  return value === null || value === undefined ? "–" : show(value);
}

/** What went wrong by the client's account. */
export function errorsSection({ run }: Told): Markup | null {
  if (run === null || run.client.length === 0) return null;
  const rows = run.client.map((one) =>
    [one.phase, one.answered, one.serverErrors, one.unexpected, one.unanswered, one.interrupted, one.retries].map(
      (cell) => (typeof cell === "number" ? formatCount(cell) : cell),
    ),
  );
  const heads = ["phase", "answered", "of them 5xx", "other unexpected status", "unanswered", "interrupted", "retries"];
  return html`<section id="errors"><h2>Errors</h2><p class="note">As the client saw them. Unanswered: refused, reset or timed out. Interrupted: cut off by the generator itself.</p>${table("Answers and errors by phase", heads, rows)}</section>`;
}

const PERCENTILES = [50, 95, 99] as const;
/** The rest stand in their objectives' sections. */
const MOST_LATENCIES = 12;

/** The two witnesses: counts, and latencies side by side. */
export function witnessSection(told: Told): Markup | null {
  const { reconciliation } = told.report;
  const rows = [...clientLatencies(told), ...serverLatencies(told)];
  if (reconciliation === null && rows.length === 0) return null;
  const counts = reconciliation === null ? null : html`<p>${witnesses(reconciliation)}</p>`;
  const heads = ["witness", "phase", "p50", "p95", "p99", "max"];
  const latencies = told.report.objectives.filter(({ indicator }) => indicator === "latency").length;
  const left =
    latencies > MOST_LATENCIES ? ` Of ${latencies} latency objectives the first ${MOST_LATENCIES} are shown.` : "";
  return html`<section id="witnesses"><h2>Client against server</h2>${counts}${rows.length === 0 ? null : table("Latency by client and server", heads, rows)}<p class="note">The server's are its histogram's buckets, without network and queues before it.${left}</p></section>`;
}

function clientLatencies({ run }: Told): readonly (readonly Part[])[] {
  return (run?.client ?? []).flatMap(({ phase, latency }) =>
    latency === null
      ? []
      : [["client", phase, ...[latency.p50, latency.p95, latency.p99, latency.max].map((one) => formatDuration(one))]],
  );
}

/** Of the evidence that objectives were judged by, in their order. */
function serverLatencies({ evidence, report }: Told): readonly (readonly Part[])[] {
  const latencies = report.objectives.filter(({ indicator }) => indicator === "latency").slice(0, MOST_LATENCIES);
  const named = Map.groupBy(latencies, (objective) => evidenceOf(objective, evidence));
  return [...named].flatMap(([found, objectives]) => {
    if (found === null || !("counted" in found)) return [];
    const names = objectives.map(({ name }) => name).join(", ");
    return serverLatency(found, names, evidence);
  });
}

function serverLatency(found: CounterEvidence, names: string, { phases }: Evidence): readonly (readonly Part[])[] {
  const edges = edgesOf(found);
  const phase = phases.find(({ name }) => name === found.phase);
  if (edges === null || phase === undefined) return [];
  const sides = sidesOf(found, phase, phases);
  if (sides.outer.total === 0 || sides.inner.total === 0) return [];
  const cells = PERCENTILES.map((percentile) => {
    const { lower, upper } = quantileOf(sides, edges, percentile);
    return upper === null
      ? `> ${formatDuration(lower ?? 0)}`
      : `${formatDuration(lower ?? 0)} – ${formatDuration(upper)}`;
  });
  return [[`server: ${names}`, phase.name, ...cells, "–"]];
}

export function validitySection({ report }: Told): Markup | null {
  if (report.validity.length === 0) return null;
  const words = { pass: "✓ pass", fail: "✗ fail", "no-data": "○ no data", skip: "– does not apply" } as const;
  const order = { fail: 0, "no-data": 1, pass: 2, skip: 3 } as const;
  const rows = report.validity
    .toSorted((a, b) => order[a.verdict] - order[b.verdict])
    .map(({ check, verdict, text }) => [check, html`<span class="word ${verdict}">${words[verdict]}</span>`, text]);
  return html`<section id="validity"><h2>Validity of the run</h2>${table("Checks of the run's validity", ["check", "verdict", "why"], rows)}</section>`;
}

/** What was tested, and on what. */
export function fingerprintSection({ run, report }: Told): Markup {
  const phases = report.run.phases.map(({ name, from, to }) => {
    const seconds = (Date.parse(to) - Date.parse(from)) / 1000;
    return `${name} ${from.slice(11, 19)} – ${to.slice(11, 19)} (${formatDuration(seconds)})`;
  });
  const own: readonly (readonly [string, Part])[] = [
    ["run", report.run.id],
    ["profile", report.run.profile],
    ["from", report.run.from],
    ["to", report.run.to],
    ["phases", phases.slice(0, 20).join(", ")],
  ];
  return html`<section id="fingerprint"><h2>Fingerprint</h2>${facts([...own, ...machineFacts(run)])}</section>`;
}

function machineFacts(run: Told["run"]): readonly (readonly [string, Part])[] {
  if (run === null) return [];
  const { gitRevision, gitDirty, versions, machine } = run.fingerprint;
  const dirty = gitDirty === true ? ", with changes that are not committed" : "";
  return [
    ["git revision", gitRevision === null ? "not known" : `${gitRevision}${dirty}`],
    ...Object.entries(versions)
      .slice(0, 30)
      .map(([name, version]) => [name, version] as const),
    ["machine", `${machine.cores} × ${machine.cpu}, ${machine.arch}, ${formatBytes(machine.memoryBytes)}`],
    ["system", machine.os],
    ["server's counter", run.serverCounter === null ? null : html`<code>${run.serverCounter}</code>`],
  ];
}
