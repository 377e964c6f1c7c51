import { fileURLToPath } from "node:url";
import { nearest } from "../core/near.ts";
import { EXIT } from "../core/report.ts";
import { Fault } from "../io/fault.ts";
import { readText } from "../io/files/read.ts";
import type { Outcome } from "./outcome.ts";
import type { Shell } from "./shell.ts";

const SCHEMAS = ["objectives", "report", "run", "plan", "preflight", "evidence", "rules"] as const;
/** Bytes. */
const LIMIT = 1024 * 1024;

/** `slo schema`: a published JSON Schema, for an editor or another program. Rejects with a Fault, exit 2. */
export async function schema(name: string, shell: Shell): Promise<Outcome> {
  const known = SCHEMAS.find((one) => one === name);
  if (known === undefined) {
    const [like] = nearest(name, SCHEMAS);
    const hint = like === undefined ? `known: ${SCHEMAS.join(", ")}` : `did you mean ${like}?`;
    throw new Fault("usage", 2, `no schema is named ${name}`, hint);
  }
  const path = fileURLToPath(new URL(`../schema/${known}.schema.json`, import.meta.url));
  return { exitCode: EXIT.met, text: await readText(path, { cwd: shell.cwd, what: "schema", limit: LIMIT }) };
}
