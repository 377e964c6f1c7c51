import type { ObjectivesFile } from "../../../slo/core/objective.ts";
import type { Board } from "../build/spec.ts";
import { application } from "./application.ts";
import { balancer } from "./balancer.ts";
import { containers } from "./containers.ts";
import { database } from "./database.ts";
import { k6 } from "./k6.ts";
import { monitoring } from "./monitoring.ts";
import { overview } from "./overview.ts";
import { slo } from "./slo.ts";

/** Every dashboard. The first is the home page. */
export function boards(objectives: ObjectivesFile): readonly Board[] {
  return [
    overview(objectives),
    slo(objectives),
    balancer(),
    application(objectives),
    database(),
    containers(),
    k6(),
    monitoring(),
  ];
}
