import type { ObjectivesFile } from "../../../slo/core/objective.ts";
import type { Board } from "../build/spec.ts";
import { health, promises } from "./overview-health.ts";
import { saturation, time, users, wrong } from "./overview-layers.ts";
import { PROJECT } from "./project.ts";

/** The first page: is it well, and if not, where to look. */
export function overview(objectives: ObjectivesFile): Board {
  return {
    uid: "overview",
    title: "Overview",
    description: "Is the service well, and if not, which part to look at next.",
    tags: ["overview"],
    from: "now-15m",
    refresh: "5s",
    variables: [PROJECT],
    rows: [
      { title: "Is it well?", panels: [...health, ...promises(objectives)] },
      { title: "What users get", panels: users },
      { title: "Where the time goes", panels: time },
      { title: "How close to its limits", panels: saturation },
      { title: "What is wrong", panels: wrong },
    ],
  };
}
