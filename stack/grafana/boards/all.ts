import type { ObjectivesFile } from "../../../slo/core/objective.ts";
import type { Board } from "../build/spec.ts";
import { overview } from "./overview.ts";

/** Every dashboard, in the order of the list. The first is the home page. */
export function boards(objectives: ObjectivesFile): readonly Board[] {
  return [overview(objectives)];
}
