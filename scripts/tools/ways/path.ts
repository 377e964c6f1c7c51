import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";
import { servesText, verify } from "../version.ts";
import { type Look, missed, NONE_ON_PATH } from "../way.ts";

/** Milliseconds to say its version: what hangs is passed over. */
const ANSWER = 5_000;

/** The first program of that name on PATH in a version that serves. */
export const path: Look = async (tool, { env, signal }) => {
  const folders = (env.PATH ?? "").split(delimiter).filter(isAbsolute);
  const reasons: string[] = [];
  for (const folder of new Set(folders)) {
    const file = join(folder, tool.program);
    if (!(await isProgram(file))) continue;
    const verified = await verify(tool, file, signal, ANSWER);
    if (verified.kind === "no") {
      reasons.push(verified.why);
      continue;
    }
    const { version } = verified;
    const why = `on PATH; ${servesText(tool)} serves`;
    const over = reasons.length === 0 ? {} : { passedOver: reasons.join("; ") };
    return { kind: "found", found: { name: tool.name, version, path: file, from: "path", why, ...over } };
  }
  return missed(reasons.length === 0 ? NONE_ON_PATH : reasons.join("; "));
};

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
