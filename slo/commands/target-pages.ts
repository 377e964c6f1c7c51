import type { TargetPage } from "../core/preflight/pages.ts";
import { Fault } from "../io/fault.ts";
import { redact } from "../io/prometheus/address.ts";
import type { Shell } from "./shell.ts";

interface NamedTarget {
  readonly job: string;
  readonly instance: string;
  readonly url: URL;
}

const USAGE = "write it as --target api=http://127.0.0.1:9464/metrics, or api,api-1=http://… to name the instance too";

/** Reads `--target JOB[,INSTANCE]=URL`. Throws a Fault, exit 2. */
export function readTarget(text: string): NamedTarget {
  const at = text.indexOf("=");
  const address = text.slice(at + 1);
  const [job = "", ...rest] = text.slice(0, Math.max(0, at)).split(",");
  const url = URL.canParse(address) ? new URL(address) : null;
  const isHttp = url?.protocol === "http:" || url?.protocol === "https:";
  if (job.trim() === "" || url === null || !isHttp || url.username !== "" || url.password !== "") {
    throw new Fault("usage", 2, `--target ${redact(text)} is not JOB=URL`, USAGE);
  }
  const instance = rest.join(",");
  return { job, instance: instance === "" ? url.host : instance, url };
}

/** Looks at each target's own page. Rejects with a Fault, exit 2, for what is written wrong. */
export async function readTargets(
  texts: readonly string[],
  timeout: number,
  { signal }: Shell,
): Promise<readonly TargetPage[]> {
  const named = texts.map(readTarget);
  if (named.length === 0) return [];
  const { readPage } = await import("../io/target/page.ts");
  return await Promise.all(
    named.map(async ({ job, instance, url }) => ({ job, instance, read: await readPage(url, { timeout, signal }) })),
  );
}
