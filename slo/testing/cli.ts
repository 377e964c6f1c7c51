import { run } from "../cli.ts";
import { GOOD_OPENSLO } from "../core/openslo/fixtures/good.ts";
import { folderWith } from "./command.ts";
import { planFile, runFile } from "./files.ts";

export const GOOD = `service: task-api
objectives:
  - name: read-latency
    latency: { histogram: 'http_request_duration_seconds{job="api",method="GET"}', percentile: 99, atMost: 300ms }
  - name: queue
    gating: false
    query: { promql: 'max_over_time(queue_length[$phase])', atMost: 2 }
`;

const files = {
  "good.yaml": GOOD,
  "strict.yaml": GOOD.replace("percentile: 99,", "percentile: 99.9,"),
  "peak.yaml": GOOD.replace("gating: false", "phase: peak"),
  "wrong.yaml": GOOD.replace("atMost: 300ms", "atmost: 300ms"),
  "empty.yaml": "",
  "budget.yaml":
    "service: shop\nobjectives:\n  - name: memory\n    resource: { service: shop, memory: { atMost: 256MiB } }\n",
  "field.yaml": GOOD_OPENSLO,
  "plan.json": JSON.stringify(planFile),
  "cut.json": JSON.stringify(planFile).slice(0, 40),
  "run/run.json": JSON.stringify(runFile),
  "odd/run.json": JSON.stringify({
    ...runFile,
    phases: [{ name: "steady", from: 1, to: "2", quiet: true }],
    profile: 7,
    client: undefined,
  }),
  "swapped/run.json": JSON.stringify({ ...runFile, phases: [{ name: "steady", from: 2, to: 1, quiet: true }] }),
  "twice/run.json": JSON.stringify({ ...runFile, phases: [runFile.phases[0], runFile.phases[0]] }),
  "counter/run.json": JSON.stringify({ ...runFile, serverCounter: "rate(x[5m])" }),
  "token.txt": "two words\n",
};

/** A folder with good and bad files, in which `slo` is run as from a command line. */
export async function sloFolder() {
  const { path, remove } = await folderWith(files);
  async function slo(line: string, env: Record<string, string> = {}) {
    const said = { stdout: "", stderr: "" };
    const code = await run({
      argv: line === "" ? [] : line.split(" "),
      stdout: { write: (text) => (said.stdout += text) },
      stderr: { write: (text) => (said.stderr += text) },
      env,
      cwd: path,
      now: () => 1_795_365_700,
      signal: new AbortController().signal,
    });
    return { code, ...said };
  }
  return { path, slo, remove };
}
