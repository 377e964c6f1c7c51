import { targetName, troubleReason } from "../core/blockers.ts";
import type { Fault, Missing, Trouble } from "../core/evidence.ts";
import type { FetchFailure } from "../core/fetched.ts";

/** A part of an explanation: its label stands before the first of its lines. */
export interface Section {
  readonly label: string;
  readonly lines: readonly string[];
}

interface Doubtful {
  readonly failure: FetchFailure | null;
  readonly missing?: readonly Missing[];
  readonly faults: readonly Fault[];
  readonly targets: readonly { readonly where: string; readonly troubles: readonly Trouble[] }[];
}

export function whereOf(target: { readonly job: string; readonly instance: string }): string {
  return targetName(target);
}

/** All that is wrong with the evidence, each in one line; says so where nothing is. */
export function troublesOf({ failure, missing = [], faults, targets }: Doubtful): Section {
  const lines = [
    ...(failure === null ? [] : [`${failure.code}: ${failure.text}`]),
    ...missing.map(({ kind, name, selector }) => `no series has the ${kind} ${name} of ${selector}`),
    ...faults.map(({ code, text }) => `${code}: ${text}`),
    ...targets.flatMap(({ where, troubles }) =>
      troubles.map((trouble) => {
        const { code, text } = troubleReason(trouble, where);
        return `${code}: ${text}`;
      }),
    ),
  ];
  return {
    label: "troubles",
    lines: lines.length === 0 ? ["none: no reset, restart, gap or unreadable sample"] : lines,
  };
}
