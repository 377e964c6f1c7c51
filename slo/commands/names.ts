export const COMMANDS = ["check", "convert", "explain", "lint", "plan", "report", "rules", "schema"] as const;
export type CommandName = (typeof COMMANDS)[number];

const CONNECTION = ["prometheus", "prometheus-token-file", "header", "header-file", "ca", "cert", "key"];

/** Long flags by command, to name the one that was probably meant. */
export const FLAGS: Readonly<Record<CommandName, readonly string[]>> = {
  check: [
    ...CONNECTION,
    "from",
    "to",
    "last",
    "run",
    "format",
    "output",
    "timeout",
    "wait",
    "color",
    "no-color",
    "help",
  ],
  convert: ["to", "color", "no-color", "help"],
  explain: ["run", "objectives", "color", "no-color", "help"],
  lint: ["format", "color", "no-color", "help"],
  plan: ["plan", ...CONNECTION, "timeout", "target", "complete", "format", "color", "no-color", "help"],
  report: ["format", "output", "color", "no-color", "help"],
  rules: ["output", "check", "format", "period", "least-requests", "runbooks", "color", "no-color", "help"],
  schema: ["help"],
};

const OBJECTIVES = { what: "an objectives file", example: "objectives.yaml" };

/** What a command cannot do without. */
export const OPERANDS: Readonly<Record<CommandName, { readonly what: string; readonly example: string }>> = {
  check: OBJECTIVES,
  convert: OBJECTIVES,
  explain: { what: "an objective's name", example: "read-latency" },
  lint: OBJECTIVES,
  plan: OBJECTIVES,
  report: { what: "a run's folder", example: "results/latest" },
  rules: OBJECTIVES,
  schema: { what: "a schema's name", example: "objectives" },
};
