import { pino } from "pino";
import type { Config } from "./config.ts";

export type Log = pino.Logger;

/** JSON lines on stdout; `error` objects under `err`. */
export function createLog(level: Config["LOG_LEVEL"]): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
}
