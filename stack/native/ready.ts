import { get } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { StackError } from "../lib/errors.ts";
import { lastLines } from "../lib/log.ts";
import { aborted, type Exit, type Household, type ProcessSpec, type Running } from "./household.ts";

const POLL = 10;
const PROBE_TIMEOUT = 2_000;

export interface Waiting {
  readonly household: Household;
  readonly running: Running;
  /** Milliseconds. */
  readonly within: number;
  readonly secrets: readonly string[];
  /** null once ready, else why not yet; may throw the same. */
  readonly probe: () => Promise<string | null>;
}

/** Polls until the part is ready. Throws StackError `not-ready`, `exited-early`, `port-taken`, `cannot-start` or `aborted`. */
export async function whenReady(waiting: Waiting): Promise<void> {
  const { household, running, within } = waiting;
  const deadline = performance.now() + within;
  const exited = running.exited.then((exit) => ({ exit }));
  for (;;) {
    const seen = await Promise.race([
      waiting
        .probe()
        .catch(reasonOf)
        .then((why) => ({ why })),
      exited,
    ]);
    if (household.closing.aborted) throw aborted();
    if ("exit" in seen) throw endedBadly(running, seen.exit, waiting.secrets, " before it was ready");
    if (seen.why === null) return;
    if (performance.now() > deadline) throw notReady(waiting, seen.why);
    await Promise.race([pause(POLL), exited]);
  }
}

/** Runs a program to its end. Throws StackError if that is not a good one. */
export async function runToEnd(household: Household, spec: ProcessSpec, secrets: readonly string[]): Promise<void> {
  const running = household.run(spec);
  const exit = await running.exited;
  if (household.closing.aborted) throw aborted();
  if (exit.kind === "not-started" || exit.code !== 0) throw endedBadly(running, exit, secrets, "");
}

/** Probe of an address that answers 200 when ready. Its body, if it is asked for, is given to `take`. */
export function httpProbe(url: string): () => Promise<string | null> {
  return async () => {
    const { status } = await fetchText(url);
    return status === 200 ? null : `${url} answered ${status}`;
  };
}

/** Never through a proxy, which an environment may ask of every other client. */
export function fetchText(url: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false, timeout: PROBE_TIMEOUT }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        body += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
      response.on("error", reject);
    });
    request.on("timeout", () => request.destroy(new Error(`${url} did not answer within ${PROBE_TIMEOUT} ms`)));
    request.on("error", reject);
  });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function notReady({ running, within, secrets }: Waiting, why: string): StackError {
  const log = lastLines(running.log, secrets, running.logFrom);
  return new StackError(
    "not-ready",
    `${running.name} was not ready within ${within / 1000} s: ${why}.`,
    `See ${running.log}.`,
    { log },
  );
}

function endedBadly(running: Running, exit: Exit, secrets: readonly string[], when: string): StackError {
  const { name } = running;
  if (exit.kind === "not-started") {
    return new StackError(
      "cannot-start",
      `${name} could not be started: ${exit.error.message}.`,
      cannotStartHint(exit.error.code),
      {
        cause: exit.error,
      },
    );
  }
  const log = lastLines(running.log, secrets, running.logFrom);
  if (/address already in use|EADDRINUSE/i.test(log)) {
    return new StackError("port-taken", `${name} found its port taken.`, "Start again, or choose another port.", {
      log,
    });
  }
  return new StackError("exited-early", `${name} ended ${howItEnded(exit)}${when}.`, `See ${running.log}.`, { log });
}

function howItEnded({ code, signal }: { readonly code: number | null; readonly signal: string | null }): string {
  return signal === null ? `with exit code ${code}` : `by ${signal}`;
}

function cannotStartHint(code: string | undefined): string {
  switch (code) {
    case "ENOENT":
      return "The program, or the folder that it starts in, does not exist.";
    case "EACCES":
      return "The program may not be run by this user.";
    default:
      return "Check that the program runs by itself.";
  }
}
