import { readExposition } from "../../core/exposition.ts";
import type { TargetPage } from "../../core/preflight/pages.ts";
import { systemCause } from "../fault.ts";

/** Largest page read, in bytes. */
const MAX_PAGE = 64 * 1024 * 1024;

export interface PageOptions {
  /** Seconds, from the first byte to the last. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/** Reads a target's page of metrics as Prometheus will. Never rejects: what is wrong with it is told in `text`. */
export async function readPage(url: URL, { timeout, signal }: PageOptions): Promise<TargetPage["read"]> {
  const deadline = AbortSignal.timeout(timeout * 1000);
  try {
    const response = await fetch(url, {
      headers: { accept: "text/plain;version=0.0.4" },
      redirect: "manual",
      signal: AbortSignal.any([deadline, signal]),
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      return failure(url, `answered ${response.status}`);
    }
    const text = await textOf(response);
    if (text === null) return failure(url, `answered more than ${MAX_PAGE} bytes`);
    const page = readExposition(text);
    return page === null ? failure(url, "answered something else than a page of metrics") : { kind: "page", page };
  } catch (error) {
    if (deadline.aborted) return failure(url, `did not answer within ${timeout} s`);
    return failure(url, `cannot be reached: ${causeOf(error)}`);
  }
}

function failure({ host, pathname }: URL, what: string): TargetPage["read"] {
  return { kind: "failure", text: `${host}${pathname} ${what}` };
}

async function textOf({ body }: Response): Promise<string | null> {
  if (body === null) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_PAGE) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** Node's fetch says only that it failed; why stands in the cause. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return systemCause(cause);
}
