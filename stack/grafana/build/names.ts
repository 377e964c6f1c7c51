/** Fixed uids of the provisioned data sources (provisioning/datasources/). */
export const SOURCES = {
  prometheus: { type: "prometheus", uid: "prometheus", name: "Prometheus" },
  postgres: { type: "grafana-postgresql-datasource", uid: "postgres", name: "PostgreSQL" },
} as const;

/** Every dashboard has it: the links between them go by it. */
export const TAG = "proving-ground";

/** Annotations of a run's phases carry it (`POST /api/annotations`). */
export const PHASE_TAG = "proving-ground";

/** How panels refer to a data source: by variable, so that a dashboard works where the source has another uid. */
export const PROMETHEUS = { type: SOURCES.prometheus.type, uid: "$datasource" } as const;
export const POSTGRES = { type: SOURCES.postgres.type, uid: "$postgres" } as const;
export const GRAFANA = { type: "grafana", uid: "-- Grafana --" } as const;
