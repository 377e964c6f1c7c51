import type { ObjectivesFile } from "../../../slo/core/objective.ts";
import type { Board } from "../build/spec.ts";
import { database } from "./application-database.ts";
import { business, process, refusals } from "./application-inside.ts";
import { latency, traffic } from "./application-requests.ts";
import { API, latencies } from "./queries.ts";

/** The API from outside to inside: requests, then what they wait for, then the process, then what it all is for. */
export function application(objectives: ObjectivesFile): Board {
  const limits = latencies(objectives).map(({ atMost }) => atMost);
  return {
    uid: "application",
    title: "Application",
    description:
      "The Task API: rate, errors and duration by route, then what requests wait for, then the process itself.",
    tags: ["application"],
    from: "now-15m",
    refresh: "5s",
    variables: [
      {
        name: "instance",
        label: "Replica",
        query: `label_values(up{${API}}, instance)`,
        choice: { kind: "all" },
      },
      {
        name: "route",
        label: "Route",
        query: `label_values(http_request_duration_seconds_count{${API}}, route)`,
        choice: { kind: "all" },
      },
    ],
    rows: [
      { title: "Requests and errors", panels: traffic },
      { title: "Duration", panels: latency(limits) },
      { title: "Waiting for the database", panels: database },
      { title: "Process", panels: process },
      { title: "Refused", panels: refusals },
      { title: "Business", panels: business },
    ],
  };
}
