import yargs from "yargs";
import { explain } from "./commands/complaint.ts";
import type { Outcome } from "./commands/outcome.ts";
import { complain, note, type Shell } from "./commands/shell.ts";
import { addCommands, EPILOGUE } from "./commands/table.ts";
import { EXIT, type ExitCode } from "./core/report.ts";
import { Fault } from "./io/fault.ts";

const WIDEST_HELP = 100;

/** Runs one command line; the exit code is what the process should end with. Never rejects. */
export async function run(shell: Shell): Promise<ExitCode> {
  try {
    const outcome = await dispatch(shell);
    if (outcome.text !== "") shell.stdout.write(outcome.text);
    return outcome.exitCode;
  } catch (error) {
    return failed(error, shell);
  }
}

async function dispatch(shell: Shell): Promise<Outcome> {
  const argv = operandsNamed(shell.argv);
  const state: { outcome?: Outcome; help?: string; refusal?: string } = {};
  const parser = addCommands(yargs([...argv]), shell, (outcome) => {
    state.outcome = outcome;
  })
    .scriptName("slo")
    .usage("$0 <command>\n\nJudges declared objectives by what Prometheus has seen.")
    .locale("en")
    .exitProcess(false)
    .showHelpOnFail(false)
    .strict()
    .demandCommand(1, 1, "no command given")
    .parserConfiguration({ "parse-numbers": false, "parse-positional-numbers": false })
    .wrap(Math.min(WIDEST_HELP, shell.stdout.columns ?? WIDEST_HELP))
    .epilogue(EPILOGUE)
    .help()
    .version(false);
  await parser.parseAsync([...argv], {}, (error: Error | undefined | null, _arguments, output: string) => {
    // A handler's own error rejects the promise; here yargs tells its refusals and its help.
    if (error?.name === "YError") state.refusal = error.message;
    else if (error === undefined || error === null) state.help = output;
  });
  if (state.refusal !== undefined) throw explain(state.refusal, argv);
  if (state.outcome !== undefined) return state.outcome;
  return { exitCode: EXIT.met, text: `${state.help ?? ""}\n` };
}

/** What follows `--` are files, even with a dash before them; yargs would fill no place of a command with it. */
function operandsNamed(argv: readonly string[]): readonly string[] {
  const at = argv.indexOf("--");
  if (at === -1) return argv;
  return [...argv.slice(0, at), ...argv.slice(at + 1).map((file) => (file.startsWith("-") ? `./${file}` : file))];
}

function failed(error: unknown, shell: Shell): ExitCode {
  if (error instanceof Fault) {
    complain(shell, error);
    return error.exitCode;
  }
  const message = error instanceof Error ? error.message : String(error);
  note(shell, `slo: an error of our own, nothing is judged: ${message} (please report it; SLO_DEBUG=1 shows where)`);
  if (shell.env.SLO_DEBUG === "1" && error instanceof Error) note(shell, error.stack ?? "");
  return EXIT.notJudged;
}
