import type { Argv, Options } from "yargs";
import { Fault } from "../io/fault.ts";
import type { ConnectionArguments } from "./connection.ts";
import { CONNECTION_FLAGS } from "./connection-flags.ts";
import type { Outcome } from "./outcome.ts";
import type { Shell } from "./shell.ts";

export const EPILOGUE = `Exit codes:
  0  every gating objective is met
  1  an objective is broken
  2  what you wrote is wrong (a file, a flag, a time)
  3  not judged: too little evidence, no data, an invalid run, Prometheus not reached

Examples:
  slo lint objectives.yaml
  slo check objectives.yaml --prometheus http://localhost:9090 --last 10m
  slo check objectives.yaml --prometheus http://localhost:9090 \\
      --from 2026-11-22T16:00:00Z --to 2026-11-22T16:10:00Z --output junit=junit.xml
  slo check objectives.yaml --run results/latest          (again, without Prometheus)
  slo explain read-latency --run results/latest
  slo report results/latest --format markdown
  slo plan objectives.yaml --plan results/latest/plan.json --prometheus http://localhost:9090
  slo convert objectives.yaml > openslo.yaml
  slo rules objectives.yaml --output prometheus/rules/slo.yml
  slo schema objectives > objectives.schema.json`;

const value = (describe: string): Options => ({ type: "string", requiresArg: true, describe });
const color: Options = { type: "boolean", describe: "Colour even where stdout is no terminal" };

/** Declares every subcommand. What a command needs is loaded when it runs: starting must be quick. */
export function addCommands(parser: Argv, shell: Shell, done: (outcome: Outcome) => void): Argv {
  return parser
    .command(
      "check <objectives>",
      "Judge objectives by a run, a window or the last minutes",
      (command) =>
        command.positional("objectives", { type: "string", describe: "Objectives file", demandOption: true }).options({
          ...CONNECTION_FLAGS,
          from: value("Start: RFC 3339 or unix seconds"),
          to: value("End, likewise"),
          last: value("Instead: the time up to now, as 10m"),
          run: value("Instead: a run's folder; without --prometheus judged again by its evidence.json"),
          format: value("Of stdout: console (default), json, junit, markdown, html, github"),
          output: { ...value("FORMAT=PATH: written as well; as often as wanted"), array: false },
          timeout: value("Seconds a request to Prometheus may take (30)"),
          wait: value("Seconds to wait for the last scrape (15, or two scrape intervals)"),
          color,
        }),
      async (given) => {
        const { check } = await import("./check.ts");
        done(
          await check(
            {
              objectives: given.objectives,
              ...connectionOf(given),
              from: once("from", given.from),
              to: once("to", given.to),
              last: once("last", given.last),
              run: once("run", given.run),
              format: once("format", given.format) ?? "console",
              outputs: list(given.output),
              timeout: once("timeout", given.timeout),
              wait: once("wait", given.wait),
              color: yes(given.color),
            },
            shell,
          ),
        );
      },
    )
    .command(
      "lint <objectives..>",
      "Check objectives files",
      (command) =>
        command
          .positional("objectives", { type: "string", array: true, describe: "Objectives files", demandOption: true })
          .options({ format: value("Of stdout: console (default) or json"), color }),
      async (given) => {
        const { lint } = await import("./lint.ts");
        done(
          await lint(
            {
              objectives: given.objectives,
              format: once("format", given.format) ?? "console",
            },
            shell,
          ),
        );
      },
    )
    .command(
      "convert <objectives>",
      "Write an objectives file as OpenSLO v1, or OpenSLO v1 as an objectives file",
      (command) =>
        command.positional("objectives", { type: "string", describe: "Objectives file", demandOption: true }).options({
          to: value("openslo or objectives (default: the form it is not in)"),
          color,
        }),
      async (given) => {
        const { convert } = await import("./convert.ts");
        done(await convert({ objectives: given.objectives, to: once("to", given.to) }, shell));
      },
    )
    .command(
      "plan <objectives>",
      "Tell, before any load, whether a run can prove the objectives",
      (command) =>
        command.positional("objectives", { type: "string", describe: "Objectives file", demandOption: true }).options({
          plan: value("The run's plan.json"),
          ...CONNECTION_FLAGS,
          timeout: value("Seconds a request to Prometheus may take (30)"),
          target: {
            ...value("JOB=URL of a page of metrics that Prometheus is yet to scrape; as often as wanted"),
            array: false,
          },
          complete: {
            type: "boolean",
            describe: "The service shows all its metrics from its start: what is absent is a mistake",
          },
          format: value("Of stdout: console (default) or json"),
          color,
        }),
      async (given) => {
        const { plan } = await import("./plan.ts");
        done(
          await plan(
            {
              objectives: given.objectives,
              plan: once("plan", given.plan),
              ...connectionOf(given),
              timeout: once("timeout", given.timeout),
              complete: yes(given.complete) ?? false,
              targets: list(given.target),
              format: once("format", given.format) ?? "console",
              color: yes(given.color),
            },
            shell,
          ),
        );
      },
    )
    .command(
      "explain <name>",
      "Show how one verdict of a run came about, and what would change it",
      (command) =>
        command.positional("name", { type: "string", describe: "The objective's name", demandOption: true }).options({
          run: value("The run's folder (results/latest)"),
          objectives: value("Objectives file: shows the objective as it is written there"),
          color,
        }),
      async (given) => {
        const { explain } = await import("./explain.ts");
        done(
          await explain(
            {
              name: given.name,
              run: once("run", given.run) ?? "results/latest",
              objectives: once("objectives", given.objectives),
              color: yes(given.color),
            },
            shell,
          ),
        );
      },
    )
    .command(
      "report <run>",
      "Render a run folder's report again, with its exit code",
      (command) =>
        command.positional("run", { type: "string", describe: "Run folder", demandOption: true }).options({
          format: value("Of stdout: console (default), json, junit, markdown, html, github"),
          output: { ...value("FORMAT=PATH: written as well; as often as wanted"), array: false },
          color,
        }),
      async (given) => {
        const { report } = await import("./report.ts");
        done(
          await report(
            {
              folder: given.run,
              format: once("format", given.format) ?? "console",
              outputs: list(given.output),
              color: yes(given.color),
            },
            shell,
          ),
        );
      },
    )
    .command(
      "rules <objectives>",
      "Make Prometheus' recording rules and burn-rate alerts from objectives",
      (command) =>
        command.positional("objectives", { type: "string", describe: "Objectives file", demandOption: true }).options({
          output: value("File to write (stdout)"),
          check: value("Instead: a rule file that must be just this; exit 2 where it is not"),
          period: value("Of the error budget: 7d to 366d (30d)"),
          "least-requests": value("Without so many in its short window no alert burns (20)"),
          format: value("yaml (default): a rule file; json: the same for programs"),
          runbooks: value("Folder or address of the runbooks (docs/runbooks)"),
          color,
        }),
      async (given) => {
        const { rules } = await import("./rules.ts");
        done(
          await rules(
            {
              objectives: given.objectives,
              output: once("output", given.output),
              check: once("check", given.check),
              format: once("format", given.format) ?? "yaml",
              period: once("period", given.period),
              leastRequests: once("least-requests", given["least-requests"]),
              runbooks: once("runbooks", given.runbooks),
            },
            shell,
          ),
        );
      },
    )
    .command(
      "schema <name>",
      "Print a JSON Schema: objectives, report, run, plan, preflight, evidence or rules",
      (command) => command.positional("name", { type: "string", describe: "The schema's name", demandOption: true }),
      async (given) => {
        const { schema } = await import("./schema.ts");
        done(await schema(given.name, shell));
      },
    );
}

function connectionOf(given: Readonly<Record<keyof typeof CONNECTION_FLAGS, unknown>>): ConnectionArguments {
  return {
    prometheus: once("prometheus", given.prometheus),
    tokenFile: once("prometheus-token-file", given["prometheus-token-file"]),
    ca: once("ca", given.ca),
    cert: once("cert", given.cert),
    key: once("key", given.key),
    headers: list(given.header),
    headerFile: once("header-file", given["header-file"]),
  };
}

/** yargs makes a list of a flag given twice, whatever its declared type. */
function once(flag: string, given: unknown): string | undefined {
  if (given === undefined) return undefined;
  if (typeof given !== "string") throw new Fault("usage", 2, `--${flag} is given more than once`, "give it once");
  if (given.trim() === "") throw new Fault("usage", 2, `--${flag} is empty`, "give it a value");
  return given;
}

function list(given: unknown): readonly string[] {
  return [given ?? []].flat().map(String);
}

function yes(given: unknown): boolean | undefined {
  return typeof given === "boolean" ? given : undefined;
}
