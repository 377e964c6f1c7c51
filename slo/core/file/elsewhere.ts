/** What to do about keys that are known, but not there: by key, for unknown keys of an object. */
type Elsewhere = Readonly<Record<string, string>>;

const FOR_PEOPLE = "nothing is judged by it: write it as a comment, behind #";
const ADVISORY = "an objective that only advises has `gating: false`";
const ONE_PHASE = "an objective holds in one `phase`: write one objective for each";

const words = (keys: string, hint: string): Elsewhere => Object.fromEntries(keys.split(" ").map((key) => [key, hint]));

const common: Elsewhere = {
  ...words("description displayName title summary labels tags owner team weight comment", FOR_PEOPLE),
  ...words("advisory severity blocking informational", ADVISORY),
  phases: ONE_PHASE,
};

const insideIndicator = "it belongs inside the indicator: `latency`, `ratio`, `resource` or `query`";
const namesIndicator = "the indicator is a key of its own: `latency`, `ratio`, `resource` or `query`";

export const OF_AN_OBJECTIVE: Elsewhere = {
  ...common,
  ...words("atMost atLeast target threshold limit max min", insideIndicator),
  ...words("indicator indicators type kind sli metric", namesIndicator),
  ...words("percentile quantile histogram", "it belongs inside `latency`"),
  ...words("promql expr", "it belongs inside `query`"),
  ...words("bad good total", "it belongs inside `ratio`"),
  ...words("memory cpu throttling oomKills restarts namespace container", "it belongs inside `resource`"),
  service: "it stands at the top of the file, or inside `resource`",
  coverage: "it stands at the top of the file, for all objectives",
};

export const OF_DEFAULTS: Elsewhere = {
  ...common,
  coverage: "it stands at the top of the file, beside `defaults`",
};

/** Beside an indicator, not inside it. */
export const OF_AN_INDICATOR: Elsewhere = {
  ...common,
  ...words("name phase gating confidence burst", "it belongs to the objective: write it beside the indicator"),
};

const perObjective = "it belongs to an objective, or under `defaults`";

export const OF_THE_FILE: Elsewhere = {
  ...common,
  ...words("name phase gating confidence burst", perObjective),
  version: "this looks like Sloth's form: an objectives file starts with `service` and `objectives`",
  apiVersion: "an objectives file has no version: remove it",
};
