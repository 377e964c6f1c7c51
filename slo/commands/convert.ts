import { formatObjectives } from "../core/file/format-objectives.ts";
import type { ObjectivesFile } from "../core/objective.ts";
import { formatOpenSlo } from "../core/openslo/format-openslo.ts";
import { leftOut } from "../core/openslo/left-out.ts";
import { FORMS, type Form, formOf } from "../core/openslo/read.ts";
import { EXIT } from "../core/report.ts";
import { Fault } from "../io/fault.ts";
import { readWithText } from "./objectives.ts";
import type { Outcome } from "./outcome.ts";
import { note, type Shell } from "./shell.ts";

export interface ConvertArguments {
  readonly objectives: string;
  readonly to: string | undefined;
}

/** `slo convert`: the same objectives in the other form, or the one asked for. Rejects with a Fault, exit 2. */
export async function convert({ objectives, to }: ConvertArguments, shell: Shell): Promise<Outcome> {
  const wanted = to === undefined ? null : readForm(to);
  const { file, text } = await readWithText(objectives, shell);
  const form = wanted ?? (formOf(text) === "openslo" ? "objectives" : "openslo");
  const lost = leftOut(text);
  if (lost.length > 0) note(shell, `slo: left out, since nothing is judged by it: ${lost.join(", ")}`);
  return { exitCode: EXIT.met, text: written(file, form) };
}

function readForm(to: string): Form {
  const form = FORMS.find((known) => known === to);
  if (form === undefined) throw new Fault("usage", 2, `--to ${to} is not a known form`, `known: ${FORMS.join(", ")}`);
  return form;
}

function written(file: ObjectivesFile, form: Form): string {
  switch (form) {
    case "openslo":
      return formatOpenSlo(file);
    case "objectives":
      return formatObjectives(file);
    default: {
      const never: never = form;
      return never;
    }
  }
}
