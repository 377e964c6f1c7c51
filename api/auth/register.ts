import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { hashToken } from "./credentials.ts";

const shortest = 16;

/**
 * Reads the token that TOKEN_FILE names.
 * @returns its hash; the token itself goes no further
 * @throws Error of one line, without the token, if the file cannot be read or does not hold a usable token
 */
export async function readTokenFile(path: string): Promise<string> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      `TOKEN_FILE ${path} cannot be read (${error.code ?? error.message}); correct the path or its rights`,
    );
  });
  const token = text.trim();
  if (token.length < shortest) {
    throw new Error(`TOKEN_FILE ${path} holds ${token.length} characters; a token needs at least ${shortest}`);
  }
  if (!/^[\w.~+/-]+=*$/.test(token)) {
    throw new Error(`TOKEN_FILE ${path} holds characters no bearer token may have (RFC 6750); use base64url or hex`);
  }
  return hashToken(token);
}

/**
 * Does `attempt` until it succeeds: PostgreSQL may start, or be migrated, after the API.
 * @param failed told about each failure
 * @param signal ends the attempts
 */
export async function untilDone(
  attempt: () => Promise<void>,
  failed: (error: unknown) => void,
  signal: AbortSignal,
): Promise<void> {
  for (let wait = 50; !signal.aborted; wait = Math.min(wait * 2, 1000)) {
    try {
      return await attempt();
    } catch (error) {
      failed(error);
    }
    // Rejects only when the signal ends the wait, which is what ends the loop.
    await sleep(wait, undefined, { signal }).catch(() => undefined);
  }
}
