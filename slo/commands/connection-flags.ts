import type { Options } from "yargs";

const value = (describe: string): Options => ({ type: "string", requiresArg: true, describe });

/** How to reach Prometheus: the same flags for every command that does. `connection.ts` reads them. */
export const CONNECTION_FLAGS = {
  prometheus: value("Address of Prometheus, with its path prefix if it has one"),
  "prometheus-token-file": value(
    "File with a bearer token (or PROMETHEUS_TOKEN, or PROMETHEUS_USERNAME and PROMETHEUS_PASSWORD)",
  ),
  header: { ...value("'Name: value' sent to Prometheus; as often as wanted (or PROMETHEUS_HEADERS)"), array: false },
  "header-file": value("File of such headers, one a line: for secrets"),
  ca: value("PEM file of the only authorities to trust for https (or PROMETHEUS_CA)"),
  cert: value("PEM file of our client certificate (or PROMETHEUS_CERT)"),
  key: value("PEM file of its key (or PROMETHEUS_KEY)"),
} as const satisfies Readonly<Record<string, Options>>;
