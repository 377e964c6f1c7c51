import type { Container } from "../../../stack/compose/containers.ts";
import { down } from "../../../stack/compose/down.ts";
import { compose, type Project } from "../../../stack/compose/project.ts";

/** How the project was found, and so how it is left. */
export type Found = "absent" | "ended" | "running";

export function foundAs(containers: readonly Container[]): Found {
  if (containers.length === 0) return "absent";
  return containers.some(({ State }) => State === "running" || State === "restarting") ? "running" : "ended";
}

/** Leaves it as it was found: gone, ended, or running under the user's own settings. Volumes stay. */
export async function leave(project: Project, found: Found): Promise<void> {
  switch (found) {
    case "absent":
      return await down(project);
    case "ended":
      await compose(project, ["--profile", "*", "stop"]);
      return;
    case "running":
      await compose(project, ["up", "--detach", "--wait", "--no-build"]);
      return;
    default:
      return found satisfies never;
  }
}
