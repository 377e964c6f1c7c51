import { isMap } from "yaml";
import { isEmpty, writtenKeys } from "../file/keys.ts";
import { type Found, type Kind, type Range, type Reader, rangeOf } from "../file/kind.ts";
import { nounOf } from "../file/noun.ts";
import { object, required, vacant } from "../file/object.ts";
import type { Written } from "../file/scalar.ts";
import { nearest } from "../file/suggest.ts";
import { inner, label, prose } from "./values.ts";

/** A metric of an indicator: its query, and where it is asked. */
export interface Metric {
  readonly query: Written;
  readonly type: Found<string> | undefined;
  /** Name of a DataSource. */
  readonly ref: Found<string> | undefined;
}

/** What other tools call a query in `metricSource.spec`. */
const QUERIES = ["query", "promql", "expr", "expression", "queryString", "promQL"];

/** `metricSource.spec`: of its free keys the judge reads `query`, which is what Prometheus' users write there. */
const querySpec: Kind<Written> = {
  schema: { type: "object", required: ["query"] },
  read(node, context, reader) {
    const at = rangeOf(node, context);
    if (!isMap(node)) {
      const hint = "write spec: { query: 'sum(rate(metric{label=\"value\"}[{{.window}}]))' }";
      const message = `a metric source's \`spec\` takes keys, not ${nounOf(node)}`;
      reader.report("error", at, { code: "wrong-type", message, hint });
      return undefined;
    }
    if (!reader.spend(node.items.length + 1)) return undefined;
    const { keys, ok } = writtenKeys("a metric source's `spec`", node, reader);
    const query = keys.find(({ key }) => key === "query");
    if (query !== undefined && !isEmpty(query.value)) {
      const resolved = query.value === null ? undefined : reader.resolve(query.value);
      return resolved === undefined || !ok ? undefined : inner.read(resolved, query.at, reader);
    }
    reportNoQuery(
      keys.map(({ key }) => key),
      query?.at ?? context,
      reader,
    );
    return undefined;
  },
};

function reportNoQuery(keys: readonly string[], at: Range, reader: Reader): void {
  const meant = keys.find((key) => key !== "query" && nearest(key, QUERIES) !== undefined);
  const hint =
    meant === undefined
      ? "add, for example, query: 'sum(rate(http_requests_total{job=\"api\"}[{{.window}}]))'"
      : `write \`query\` for \`${meant}\``;
  reader.report("error", at, { code: "missing-key", message: "a metric source's `spec` needs `query`, PromQL", hint });
}

const source = object(
  "`metricSource`",
  {
    metricSourceRef: vacant(label, "prometheus", "Name of a DataSource."),
    type: vacant(prose, "Prometheus", "Kind of data source; the judge reads Prometheus."),
    spec: required(querySpec, "{ query: 'sum(rate(http_requests_total[{{.window}}]))' }", "The query."),
  },
  [],
  { query: "it belongs inside `spec`" },
);

const INSIDE = "it belongs inside `metricSource`";

/** `thresholdMetric`, or one of a ratio's: `metricSource` and nothing else. */
export function metric(title: string): Kind<Metric> {
  const holder = object(
    title,
    {
      metricSource: required(source, "{ type: Prometheus, spec: { query: … } }", "Where the query is asked."),
    },
    [],
    { type: INSIDE, spec: INSIDE, query: "it belongs inside `metricSource`'s `spec`", metricSourceRef: INSIDE },
  );
  return {
    schema: holder.schema,
    read(node, context, reader) {
      const found = holder.read(node, context, reader);
      if (found === undefined) return undefined;
      const { spec, type, metricSourceRef: ref } = found.value.metricSource.value;
      return { value: { query: spec.value, type, ref }, at: spec.at };
    },
  };
}
