import { parser } from "@prometheus-io/lezer-promql";
import { type Alert, type Case, secondsOf } from "./files.ts";

/** What the tests leave open of an alert, in words; empty where its four cases are there. */
export function lacks({ alert, labels }: Alert, cases: readonly Case[]): readonly string[] {
  const own = cases.filter(({ name }) => name.startsWith(`${alert}: `));
  const courses = own.map((one) => courseOf(one, alert, labels));
  const missing = own.filter(({ name }) => name.includes("missing series"));
  return [
    ...(courses.some(({ fires }) => fires) ? [] : ["fires"]),
    ...(courses.some(({ quiet }) => quiet) ? [] : ["does not fire"]),
    ...(courses.some(({ clears }) => clears) ? [] : ["clears"]),
    ...(missing.some((one) => seen(one, alert)) ? [] : ["missing series"]),
  ];
}

/** Of the one test: whether this very rule is seen quiet, firing, and quiet again. */
function courseOf({ alert_rule_test: looks }: Case, alert: string, labels: Readonly<Record<string, string>>) {
  const course = looks
    .filter(({ alertname }) => alertname === alert)
    .toSorted((a, b) => secondsOf(a.eval_time) - secondsOf(b.eval_time))
    .map(({ exp_alerts }) => exp_alerts.some(({ exp_labels = {} }) => holds(exp_labels, labels)));
  const first = course.indexOf(true);
  return {
    quiet: course.includes(false),
    fires: first !== -1,
    clears: first !== -1 && course.slice(first).includes(false),
  };
}

function holds(has: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([name, value]) => has[name] === value);
}

/** Trouble is not hidden: the alert itself is looked at, and it or another one fires. */
function seen({ alert_rule_test: looks, promql_expr_test: queries, name }: Case, alert: string): boolean {
  const looked = looks.some(({ alertname }) => alertname === alert);
  const another = looks.some(({ exp_alerts }) => exp_alerts.length > 0);
  const firing = queries.some(
    ({ expr, exp_samples }) => expr.startsWith("ALERTS{") && expr.includes('"firing"') && exp_samples.length > 0,
  );
  // What never happened has no series, and is no trouble.
  return looked && (another || firing || name.includes("never happened"));
}

/** Names of the metrics that a query reads. */
export function metricsRead(promql: string): readonly string[] {
  const names: string[] = [];
  parser.parse(promql).iterate({
    enter: ({ node }) => {
      if (node.name !== "VectorSelector") return;
      const identifier = node.getChild("Identifier");
      if (identifier !== null) names.push(promql.slice(identifier.from, identifier.to));
    },
  });
  return [...new Set(names)];
}
