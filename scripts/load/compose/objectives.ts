import { readFile, writeFile } from "node:fs/promises";
import { causeOf, Fault } from "../../lib/fault.ts";
import { inProject } from "../../lib/paths.ts";
import type { RunFolder } from "../run-folder.ts";

const FILE = "slo/objectives/task-api-compose.yaml";
/** The project's name in docker-compose.yml, and so in the file. */
const NAME = "proving-ground";

/**
 * Path of the objectives of a project of this name. Other projects on the engine may have a service `api` as well, so
 * the containers are named by their project: under another name the run folder gets a copy that says so.
 */
export async function objectivesOf(projectName: string, folder: RunFolder): Promise<string> {
  const original = inProject(FILE);
  if (projectName === NAME) return original;
  const copy = folder.file("objectives.yaml");
  try {
    await writeFile(copy, renamed(await readFile(original, "utf8"), projectName));
    return copy;
  } catch (error) {
    throw new Fault("results", `cannot write ${copy}: ${causeOf(error)}`, "Is the disk full?");
  }
}

export function renamed(objectives: string, projectName: string): string {
  return objectives.replaceAll(`namespace: ${NAME}`, `namespace: ${projectName}`);
}
