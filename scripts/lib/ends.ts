import { causeOf } from "./fault.ts";

/**
 * Nobody reading on (`| head -1`) must change neither the verdict nor the exit code: what cannot be written is lost,
 * and the work goes on. Node's own answer would be a stack trace and exit code 1, which here says "an objective is
 * broken".
 */
export function outliveReaders(streams: readonly NodeJS.WriteStream[] = [process.stdout, process.stderr]): void {
  for (const stream of streams) stream.on("error", () => undefined);
}

/** An error that nobody caught is no proof of a breach, which Node's exit code for it, 1, would claim. */
export function endUnproven(): void {
  process.on("uncaughtException", (error) => {
    process.stderr.write(
      `✗ run         ${causeOf(error)}\n  This should not happen: please report it, with LOAD_DEBUG=1.\n`,
    );
    if (process.env.LOAD_DEBUG) console.error(error);
    process.exit(3);
  });
}
