import { formatAmount } from "../format.ts";
import type { QueryObjective } from "../objective.ts";
import type { PlannedPhase } from "../plan-file.ts";
import { type Found, fine, hopeless, unknown, wrong } from "./check.ts";
import type { Facts } from "./facts.ts";
import { triedQuery } from "./subjects.ts";

/** Does Prometheus take the query, and does it return something now? */
export function queryFinding(objective: QueryObjective, phase: PlannedPhase | null, facts: Facts): Found {
  const expected = "the query returns numbers";
  const answer = facts.queries.get(triedQuery(objective, phase));
  if (answer === undefined) return unknown("query", expected, "it was not tried", "Prometheus was not asked");
  switch (answer.kind) {
    case "failure": {
      const { code, text } = answer.failure;
      return code === "bad-query"
        ? wrong("query", expected, text, "mend the query")
        : hopeless("query", expected, text, "see to it as the text says, and try again");
    }
    case "values": {
      const { values, remarks } = answer;
      const said = remarks.length === 0 ? "" : `; Prometheus remarks: ${remarks.join("; ")}`;
      if (values.length === 0) {
        const advice = "what it reads may come with the load; else there will be no data";
        return unknown("query", expected, `it returns nothing now${said}`, advice);
      }
      const odd = values.filter((value) => Number.isNaN(value)).length;
      if (odd > 0) {
        const some = odd === values.length ? "" : ` for ${odd} of ${values.length} series`;
        const advice = "0/0 without traffic is NaN; under load it must not be";
        return unknown("query", expected, `it returns NaN now${some}${said}`, advice);
      }
      if (remarks.length > 0) {
        const actual = `${formatAmount(values.length, "series", "series")} now${said}`;
        return unknown("query", expected, actual, "see that it means what it should");
      }
      return fine("query", expected, `${formatAmount(values.length, "series", "series")} now`);
    }
  }
}
