import { POSTGRES, PROMETHEUS } from "../../build/names.ts";
import { shown } from "../../read/dashboard.ts";
import { referred } from "../../read/substitute.ts";
import type { Finding, Rule } from "../finding.ts";

const ALLOWED: readonly { readonly type: string; readonly uid: string }[] = [PROMETHEUS, POSTGRES];

/** Panels and queries name their data source by a variable of the dashboard, so that it works where uids differ. */
export const sources: Rule = {
  name: "sources",
  check: (dashboard) => {
    const variables = new Set((dashboard.templating?.list ?? []).map(({ name }) => name));
    return shown(dashboard).flatMap((panel): readonly Finding[] => {
      const named = [panel.datasource, ...(panel.targets ?? []).map(({ datasource }) => datasource)];
      const place = `${dashboard.title} / ${panel.title}`;
      const texts = named.flatMap((source) => {
        if (source === undefined) return ["a data source is not named: Grafana would ask its default one"];
        const allowed = ALLOWED.find(({ type, uid }) => type === source.type && uid === source.uid);
        if (allowed === undefined) {
          return [`the data source ${source.type} "${source.uid}" is not named by $datasource or $postgres`];
        }
        const missing = referred(source.uid).find((name) => !variables.has(name));
        return missing === undefined ? [] : [`the dashboard has no variable "${missing}"`];
      });
      return [...new Set(texts)].map((text) => ({ rule: "sources", place, text }));
    });
  },
};
