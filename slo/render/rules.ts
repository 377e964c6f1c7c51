import { Document, isMap, isScalar, isSeq, type Node, Scalar, visit } from "yaml";
import { decimalText } from "../core/decimal.ts";
import type { Rule, RuleFile, RuleGroup, RuleOptions, RulesAnswer } from "../core/rules/rule-file.ts";
import { oneLine } from "./text.ts";

export interface RulesHead extends RuleOptions {
  /** The objectives file, by the name it is known by. */
  readonly source: string;
}

/** A rule file of Prometheus, as YAML. The same objectives and options give the same text, on any machine and day. */
export function renderRules({ service, groups, leftOut }: RuleFile, head: RulesHead): string {
  const document = new Document({ groups: groups.map(written) }, { compat: "yaml-1.1", aliasDuplicateObjects: false });
  document.commentBefore = comment([
    `Made by \`slo rules\` from ${head.source}, for ${service}: change that, not this.`,
    `Error budget: ${decimalText(head.days)} days. An alert needs ${decimalText(head.leastRequests)} requests in its short window.`,
    ...leftOut.map(({ objective, reason }) => `Left out: ${objective}: ${reason}.`),
  ]);
  const list = document.get("groups", true) as unknown;
  if (isSeq(list)) {
    for (const [index, group] of list.items.entries()) annotate(group as Node, groups[index]?.notes ?? [], index > 0);
  }
  visit(document, {
    Pair(_key, { key, value }) {
      if (isScalar(key) && key.value === "labels" && isMap(value)) value.flow = true;
    },
    Scalar(_key, node) {
      if (typeof node.value === "string" && node.value.includes("\n")) node.type = Scalar.BLOCK_LITERAL;
    },
  });
  return document.toString({ lineWidth: 0, blockQuote: "literal" });
}

/** The same for programs, as JSON. */
export function renderRulesJson(file: RuleFile, { days, leastRequests }: RuleOptions): string {
  const { service, groups, leftOut } = file;
  const answer: RulesAnswer = { schema: 1, service, period: days, leastRequests, groups, leftOut };
  return `${JSON.stringify(answer, null, 2)}\n`;
}

function annotate(group: Node, notes: readonly string[], apart: boolean): void {
  if (!isMap(group)) return;
  group.commentBefore = comment(notes);
  group.spaceBefore = apart;
}

const comment = (lines: readonly string[]): string => lines.map((line) => ` ${oneLine(line)}`).join("\n");

function written({ name, interval, rules }: RuleGroup): unknown {
  return { name, interval, rules: rules.map(writtenRule) };
}

function writtenRule(rule: Rule): unknown {
  switch (rule.kind) {
    case "record":
      return { record: rule.record, expr: rule.expr, labels: rule.labels };
    case "alert": {
      const { alert, expr, lasting, labels, annotations } = rule;
      return { alert, expr, ...(lasting === null ? {} : { for: lasting }), labels, annotations };
    }
    default: {
      const never: never = rule;
      return never;
    }
  }
}
