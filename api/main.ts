import { readConfig } from "./config.ts";
import { createLog, type Log } from "./log.ts";
import { type Service, serve } from "./serve.ts";

const exitCodes = { stopped: 0, failed: 1, badEnvironment: 2 } as const;
const signalNumbers = { SIGINT: 2, SIGTERM: 15 } as const;

function complain(lines: string[]): void {
  process.stderr.write(lines.map((line) => `api: ${line}\n`).join(""));
}

/** One signal stops in good order; a second one, at once. */
function stopOnSignals(service: Service, log: Log): void {
  let stopping = false;
  const handle = (signal: keyof typeof signalNumbers): void => {
    if (stopping) process.exit(128 + signalNumbers[signal]);
    stopping = true;
    service.stop().then(
      (clean) => {
        if (clean) log.info("stopped");
        else log.warn("stopped with requests cut off; SHUTDOWN_TIMEOUT_SECONDS was too short for them");
        process.exit(clean ? exitCodes.stopped : exitCodes.failed);
      },
      (err: unknown) => {
        log.error({ err }, "stopping failed");
        process.exit(exitCodes.failed);
      },
    );
  };
  process.on("SIGINT", handle);
  process.on("SIGTERM", handle);
}

const settings = readConfig(process.env);
if (settings.ok) {
  const log = createLog(settings.config.LOG_LEVEL);
  try {
    stopOnSignals(await serve(settings.config, log), log);
  } catch (error) {
    complain([error instanceof Error ? error.message : String(error)]);
    process.exit(exitCodes.failed);
  }
} else {
  complain([...settings.problems, "see api/README.md for every variable"]);
  process.exitCode = exitCodes.badEnvironment;
}
