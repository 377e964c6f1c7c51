import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableHide,
  VariableRefresh,
  VariableSort,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { PROMETHEUS, SOURCES } from "./names.ts";
import type { LabelVariable } from "./spec.ts";

/** Any value, also none: a panel asked for "all" must not lose series without the label. */
const ANY = ".*";

export function sourceVariable(name: string, label: string, source: keyof typeof SOURCES): DatasourceVariableBuilder {
  const { type, uid, name: text } = SOURCES[source];
  return new DatasourceVariableBuilder(name)
    .label(label)
    .description(`The ${text} that is asked`)
    .type(type)
    .current({ selected: true, text, value: uid })
    .hide(VariableHide.HideVariable);
}

export function labelVariable({ name, label, query, choice }: LabelVariable): QueryVariableBuilder {
  const variable = new QueryVariableBuilder(name)
    .label(label)
    .datasource({ ...PROMETHEUS })
    .query({ query, refId: name, qryType: 5 })
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.NaturalAsc);
  switch (choice.kind) {
    case "one":
      return variable.current({ selected: true, text: choice.first, value: choice.first });
    case "all":
      return variable
        .multi(true)
        .includeAll(true)
        .allValue(ANY)
        .current({ selected: true, text: ["All"], value: ["$__all"] });
    default:
      return choice satisfies never;
  }
}
