/** A recording rule of Prometheus. */
export interface RecordingRule {
  readonly kind: "record";
  readonly record: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** An alerting rule of Prometheus. */
export interface AlertingRule {
  readonly kind: "alert";
  readonly alert: string;
  readonly expr: string;
  /** How long it must hold; null: fires at once. */
  readonly lasting: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export type Rule = RecordingRule | AlertingRule;

/** Rules that are evaluated one after the other, each seeing what those before it recorded. */
export interface RuleGroup {
  readonly name: string;
  /** Between evaluations, as `30s`. */
  readonly interval: string;
  readonly rules: readonly Rule[];
  /** What a reader of the file must know. */
  readonly notes: readonly string[];
}

/** An objective of which nothing, or a part, is watched; and why. */
export interface LeftOut {
  readonly objective: string;
  readonly reason: string;
}

/** What `slo rules` makes of an objectives file. */
export interface RuleFile {
  readonly service: string;
  readonly groups: readonly RuleGroup[];
  readonly leftOut: readonly LeftOut[];
}

export interface RuleOptions {
  /** The period of the error budget. */
  readonly days: number;
  /** Requests that the short window must hold for an alert. */
  readonly leastRequests: number;
  /** Folder or address of the runbooks, without a slash at its end. */
  readonly runbooks: string;
}

/** A rule file for programs: what `slo rules --format json` says. */
export interface RulesAnswer extends RuleFile {
  readonly schema: 1;
  /** Days. */
  readonly period: number;
  readonly leastRequests: number;
}
