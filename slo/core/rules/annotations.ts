import type { RuleOptions } from "./rule-file.ts";

export interface Said {
  readonly summary: string;
  readonly description: string;
}

/** `runbook_url`, as everybody's templates have it, where it is an address; else `runbook`, a path. */
export function annotationsOf(alert: string, { runbooks }: RuleOptions, said: Said): Readonly<Record<string, string>> {
  const key = /^https?:\/\//.test(runbooks) ? "runbook_url" : "runbook";
  return { ...said, [key]: `${runbooks}/${alert}.md` };
}
