import { close, constants, open, read } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { systemCode } from "../fault.ts";

const POLL_MS = 20;

export type PipeReading =
  | { readonly kind: "read"; readonly bytes: Buffer }
  | { readonly kind: "silent" }
  | { readonly kind: "too-large" };

/**
 * All that is written into a named or anonymous pipe. Opened without blocking: a pipe that nobody writes to would
 * otherwise hold the process for good, past every interrupt. `silence` in seconds. Rejects as the system does.
 */
export async function readPipe(path: string, limit: number, silence: number): Promise<PipeReading> {
  const pipe = await promisify(open)(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    return await drain(pipe, limit, silence);
  } finally {
    await promisify(close)(pipe);
  }
}

async function drain(pipe: number, limit: number, silence: number): Promise<PipeReading> {
  const parts: Buffer[] = [];
  let size = 0;
  let heard = performance.now();
  while (performance.now() - heard < silence * 1000) {
    const part = await next(pipe);
    if (part !== null && part.length > 0) {
      parts.push(part);
      size += part.length;
      heard = performance.now();
      if (size > limit) return { kind: "too-large" };
    } else if (part !== null && size > 0) {
      return { kind: "read", bytes: Buffer.concat(parts) };
    } else {
      await delay(POLL_MS);
    }
  }
  return { kind: "silent" };
}

/** Empty: no writer, or none any more. null: a writer who has nothing to say yet. */
async function next(pipe: number): Promise<Buffer | null> {
  const buffer = Buffer.alloc(64 * 1024);
  try {
    const { bytesRead } = await promisify(read)(pipe, buffer, 0, buffer.length, null);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    if (systemCode(error) === "EAGAIN") return null;
    throw error;
  }
}
