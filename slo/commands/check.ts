import type { Evidence } from "../core/evidence.ts";
import { judge } from "../core/judge.ts";
import type { ObjectivesFile, Selector } from "../core/objective.ts";
import { phasesOf, windowPhase } from "../core/phases.ts";
import type { RunFile, WindowFacts } from "../core/run.ts";
import { parseSelector } from "../core/selector.ts";
import { Fault } from "../io/fault.ts";
import { readEvidence, readRun, runFiles } from "../io/files/run-folder.ts";
import type { Gathered } from "./gather.ts";
import { readObjectives } from "./objectives.ts";
import type { Outcome } from "./outcome.ts";
import { assetsFor, type Material, renderReport } from "./render.ts";
import { type CheckArguments, type CheckRequest, readRequest } from "./request.ts";
import type { Shell } from "./shell.ts";
import { type Terminal, terminalOf } from "./terminal.ts";
import { outputFiles, plain, reportPath, type WantedFile, writeAll } from "./written.ts";

/** `slo check`: evidence, verdict, report. Rejects with a Fault. */
export async function check(given: CheckArguments, shell: Shell): Promise<Outcome> {
  const request = await readRequest(given, shell);
  const terminal = terminalOf(shell.stdout, shell.env, given.color);
  const objectives = await readObjectives(given.objectives, shell);
  const facts = await readFacts(request, shell);
  const began = shell.now();
  const { evidence, waited } = await evidenceOf(request, objectives, facts, shell);
  const report = judge(objectives, facts, evidence);
  const timings = { waited, judging: Math.max(0, shell.now() - began - waited) };
  const assets = await assetsFor(request.format, request.outputs);
  const material = { report, run: "window" in facts ? null : facts, evidence, missing: [], assets };
  const files = filesOf(request, { evidence, material, timings }, terminal);
  return {
    exitCode: await writeAll(files, report.exitCode, shell),
    text: renderReport(material, request.format, terminal, reportPath(files)),
  };
}

async function readFacts({ span }: CheckRequest, shell: Shell): Promise<RunFile | WindowFacts> {
  switch (span.kind) {
    case "run":
    case "again":
      return await readRun(span.folder, shell.cwd);
    case "window":
      return { window: windowPhase(span.window.from, span.window.to) };
    default: {
      const never: never = span;
      return never;
    }
  }
}

async function evidenceOf(
  { span, timeout, wait }: CheckRequest,
  objectives: ObjectivesFile,
  facts: RunFile | WindowFacts,
  shell: Shell,
): Promise<Gathered> {
  if (span.kind === "again") return { evidence: await readEvidence(span.folder, shell.cwd), waited: 0 };
  const { gather } = await import("./gather.ts");
  const wanted = {
    objectives,
    phases: phasesOf(facts),
    serverCounter: counterOf(facts, "serverCounter"),
    frontCounter: counterOf(facts, "frontCounter"),
  };
  return await gather(wanted, { address: span.address, timeout, wait }, shell);
}

function counterOf(facts: RunFile | WindowFacts, key: "serverCounter" | "frontCounter"): Selector | null {
  const text = "window" in facts ? null : (facts[key] ?? null);
  if (text === null) return null;
  const parsed = parseSelector(text);
  if (parsed.kind === "ok") return parsed.value;
  const why = parsed.problems.map(({ message }) => message).join("; ");
  throw new Fault("file-shape", 2, `run.json: ${key} is not a selector: ${why}`);
}

interface Results {
  readonly evidence: Evidence;
  readonly material: Material;
  /** Seconds. */
  readonly timings: { readonly waited: number; readonly judging: number };
}

function filesOf(
  { span, outputs }: CheckRequest,
  { evidence, material, timings }: Results,
  terminal: Terminal,
): readonly WantedFile[] {
  const wanted = outputFiles(material, outputs, terminal);
  if (span.kind !== "run") return wanted;
  const own = runFiles(span.folder);
  const files: readonly WantedFile[] = [
    { path: own.evidence, text: `${JSON.stringify(evidence)}\n`, format: null },
    { path: own.report, text: renderReport(material, "json", plain(terminal), null), format: "json" },
    { path: own.timings, text: `${JSON.stringify(timings)}\n`, format: null },
  ];
  return [...files, ...wanted];
}
