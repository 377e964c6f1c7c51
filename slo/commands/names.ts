export const COMMANDS = ["check", "lint", "plan"] as const;
export type CommandName = (typeof COMMANDS)[number];

/** Long flags by command, to name the one that was probably meant. */
export const FLAGS: Readonly<Record<CommandName, readonly string[]>> = {
  check: [
    "prometheus",
    "prometheus-token-file",
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
  lint: ["format", "color", "no-color", "help"],
  plan: ["plan", "format", "color", "no-color", "help"],
};
