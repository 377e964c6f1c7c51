import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";
import { servesText, verify } from "../version.ts";
import { type Look, missed } from "../way.ts";

/** The first program of that name on PATH in a version that serves. */
export const path: Look = async (tool, { env, signal }) => {
  const folders = (env.PATH ?? "").split(delimiter).filter(isAbsolute);
  const reasons: string[] = [];
  for (const folder of new Set(folders)) {
    const file = join(folder, tool.program);
    if (!(await isProgram(file))) continue;
    const verified = await verify(tool, file, signal);
    if (verified.kind === "no") {
      reasons.push(verified.why);
      continue;
    }
    const { version } = verified;
    return {
      kind: "found",
      found: { name: tool.name, version, path: file, from: "path", why: `on PATH; ${servesText(tool)} serves` },
    };
  }
  return missed(reasons.length === 0 ? "none on PATH" : reasons.join("; "));
};

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
