import { realpath } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { formatAmount } from "../core/format.ts";
import { EXIT } from "../core/report.ts";
import type { RuleFile } from "../core/rules/rule-file.ts";
import { rulesOf } from "../core/rules/rules.ts";
import { Fault } from "../io/fault.ts";
import { readText } from "../io/files/read.ts";
import { writeWhole } from "../io/files/write.ts";
import { renderRules, renderRulesJson } from "../render/rules.ts";
import { oneLine } from "../render/text.ts";
import { readObjectives } from "./objectives.ts";
import type { Outcome } from "./outcome.ts";
import { type RuleFlags, readRuleFormat, readRuleOptions } from "./rule-options.ts";
import { note, type Shell } from "./shell.ts";

export interface RulesArguments extends RuleFlags {
  readonly objectives: string;
  readonly output: string | undefined;
  readonly check: string | undefined;
  readonly format: string;
}

/** Bytes. */
const RULES_LIMIT = 16 * 1024 * 1024;

/** `slo rules`: recording rules and alerts for Prometheus, shown, written or compared. Rejects with a Fault. */
export async function rules(given: RulesArguments, shell: Shell): Promise<Outcome> {
  const { objectives, output, check } = given;
  const options = readRuleOptions(given);
  const format = readRuleFormat(given.format);
  if (output !== undefined && check !== undefined) {
    throw new Fault(
      "usage",
      2,
      "--output and --check exclude each other",
      "--output writes the file, --check compares",
    );
  }
  const file = await readObjectives(objectives, shell);
  if (output !== undefined) await refuseItself(output, objectives, shell);
  const made = rulesOf(file, options);
  const telling = check === undefined || made.groups.length === 0;
  for (const { objective, reason } of telling ? made.leftOut : [])
    note(shell, `slo: left out: ${objective}: ${reason}`);
  if (made.groups.length === 0) {
    throw new Fault("file-shape", 2, `${objectives} has no objective that can be an alert`, "the lines above say why");
  }
  const text =
    format === "json"
      ? renderRulesJson(made, options)
      : renderRules(made, { ...options, source: basename(objectives) });
  if (check !== undefined) return await compared(check, { text, made, objectives }, shell);
  if (output === undefined) return { exitCode: EXIT.met, text };
  await writeWhole(output, shell.cwd, text);
  return { exitCode: EXIT.met, text: `${oneLine(output)}: ${heldBy(made)}\n` };
}

function heldBy({ groups, service }: RuleFile): string {
  const all = groups.flatMap((group) => group.rules);
  const alerts = all.filter(({ kind }) => kind === "alert").length;
  const rules = formatAmount(all.length - alerts, "recording rule");
  return `${rules} and ${formatAmount(alerts, "alert")} for ${oneLine(service)}`;
}

async function refuseItself(output: string, objectives: string, { cwd }: Shell): Promise<void> {
  const [own, read] = await Promise.all(
    [output, objectives].map((path) => realpath(resolve(cwd, path)).catch(() => null)),
  );
  if (own === null || own !== read) return;
  throw new Fault("usage", 2, `--output ${output} would overwrite the objectives file`, "name another file");
}

interface Wanted {
  readonly text: string;
  readonly made: RuleFile;
  readonly objectives: string;
}

async function compared(path: string, { text, made, objectives }: Wanted, shell: Shell): Promise<Outcome> {
  const what = "rule file";
  const renew = `renew it: slo rules ${objectives} --output ${path}, with the same options`;
  const found = await readText(path, { cwd: shell.cwd, what, limit: RULES_LIMIT, hint: renew });
  if (found === text) return { exitCode: EXIT.met, text: `${oneLine(path)}: current, ${heldBy(made)}\n` };
  const [is, wanted] = [found, text].map((one) => one.split("\n"));
  const at = wanted?.findIndex((line, index) => line !== is?.[index]) ?? 0;
  const line = (at === -1 ? wanted?.length : at) ?? 0;
  const [has, must] = [is?.[line], wanted?.[line]].map((one) => one?.trim() || "(nothing)");
  const place = `line ${line + 1} is  ${has}\n     and would be  ${must}`;
  throw new Fault("file-shape", 2, `${path} is not what ${objectives} says: ${place}`, renew);
}
