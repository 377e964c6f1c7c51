import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { causeOf } from "../../lib/fault.ts";
import { failureOf, runProgram } from "../../lib/program.ts";
import { download, fetchText, type Patience } from "../download.ts";
import type { ReleaseSource } from "../types.ts";
import { type Bring, missed } from "../way.ts";
import type { Workshop } from "../workshop.ts";

const BASE = "https://github.com";
const PATIENCE: Patience = { answer: 3_000, stall: 10_000 };

/** The project's own release archive, checked against the SHA-256 it publishes. */
export const release: Bring = async ({ release: source }, shop, say) => {
  try {
    const archive = source.archive(shop.machine);
    const address = `${shop.env.TOOLS_RELEASE_BASE || BASE}/${source.repository}/releases/download/${source.tag}`;
    const file = await shop.once(`${address}/${archive}`, () => checked(address, archive, source, shop, say));
    return {
      kind: "brought",
      file: await extract(file, source.program(shop.machine), shop),
      why: `${archive} of ${address}, SHA-256 as published`,
    };
  } catch (error) {
    return missed(causeOf(error));
  }
};

async function checked(
  address: string,
  archive: string,
  source: ReleaseSource,
  shop: Workshop,
  say: (text: string) => void,
) {
  const { signal, scratch } = shop;
  const options = { signal, patience: PATIENCE };
  say("asking for its release");
  const wanted = sumIn(await fetchText(`${address}/${source.sums}`, options), archive);
  if (wanted === null) throw new Error(`${address}/${source.sums} does not name ${archive}`);
  const file = join(scratch, archive);
  const onBytes = (bytes: number, total: number | null) => say(`downloading its release, ${megabytes(bytes, total)}`);
  const got = await download(`${address}/${archive}`, file, { ...options, onBytes });
  if (got !== wanted) throw new Error(`${address}/${archive} has SHA-256 ${got}, published is ${wanted}: refused`);
  return file;
}

/** The hash of a file in the format of `sha256sum`; null where it is not named. */
export function sumIn(sums: string, file: string): string | null {
  for (const line of sums.split("\n")) {
    const match = /^([0-9a-f]{64}) [ *](.+)$/i.exec(line.trim());
    if (match?.[2] === file) return match[1]?.toLowerCase() ?? null;
  }
  return null;
}

async function extract(archive: string, program: string, { scratch, signal }: Workshop): Promise<string> {
  const folder = join(scratch, `release-${basename(program)}`);
  await mkdir(folder, { recursive: true });
  // macOS' tar reads zip archives as well, the only ones that k6 has for it.
  const ending = await runProgram("tar", ["-xf", archive, "-C", folder, program], { signal });
  const failure = failureOf("tar", ending);
  if (failure !== null) throw new Error(failure);
  return join(folder, program);
}

function megabytes(bytes: number, total: number | null): string {
  const whole = (count: number) => Math.round(count / 1e6);
  return total === null ? `${whole(bytes)} MB` : `${whole(bytes)} of ${whole(total)} MB`;
}
