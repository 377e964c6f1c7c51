import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseObjectives } from "../../slo/core/file/parse-objectives.ts";
import { boards } from "./boards/all.ts";
import { dashboardOf } from "./build/board.ts";

const OBJECTIVES = "slo/objectives/task-api.yaml";
const inProject = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Where Grafana reads them; mounted there by Compose. */
export const FOLDER = inProject("stack/grafana/dashboards");

/** File name → text of every dashboard, as the code and the objectives have it. Throws where the objectives are broken. */
export async function generated(): Promise<ReadonlyMap<string, string>> {
  const parsed = parseObjectives(await readFile(inProject(OBJECTIVES), "utf8"), OBJECTIVES);
  if (parsed.kind === "problems") {
    throw new Error(`${OBJECTIVES} has mistakes, so there is nothing to show: npm run slo -- lint ${OBJECTIVES}`);
  }
  const dashboards = boards(parsed.value).map((board) => [`${board.uid}.json`, dashboardOf(board)] as const);
  return new Map(dashboards.map(([name, dashboard]) => [name, `${JSON.stringify(dashboard, null, 2)}\n`]));
}

/** File name → text of every dashboard that is checked in. */
export async function checkedIn(folder = FOLDER): Promise<ReadonlyMap<string, string>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), "utf8")] as const)),
  );
}

/** Folder of the lists of metrics that the stack's parts have. */
export const METRICS = new URL("metrics/", import.meta.url);
