import type { Node } from "yaml";
import type { Kind } from "../file/kind.ts";
import { nounOf } from "../file/noun.ts";
import { isText, type Outcome, ok, refused, scalar, type Written } from "../file/scalar.ts";
import { slug } from "../file/values/word.ts";

/** Whatever OpenSLO leaves to whoever reads it. */
export const anything: Kind<Node> = { schema: {}, read: (node, context) => ({ value: node, at: context }) };

/** Text for people. */
export const prose: Kind<string> = scalar({ type: "string" }, "text", ({ text }) => ok(text));

/** Text whose inside is read further, and places in it told. */
export const inner: Kind<Written> = scalar({ type: "string" }, "text", (written) => {
  const { text, node } = written;
  if (isText(node)) return ok(written);
  return refused("wrong-type", `\`${text}\` is not text to YAML, as it must be here`, `put it in quotes: "${text}"`);
});

const LONGEST_LABEL = 63;

/** A DNS label (RFC 1123), as OpenSLO names its objects. */
export const label: Kind<string> = scalar(
  { type: "string", maxLength: LONGEST_LABEL, pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$" },
  "a name",
  ({ text, node }): Outcome<string> => {
    if (!isText(node))
      return refused("wrong-type", `\`${text}\` is ${nounOf(node)}; a name is text`, `put it in quotes: "${text}"`);
    if (/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(text) && text.length <= LONGEST_LABEL) return ok(text);
    const rule = `a name in OpenSLO is made of small letters, digits and \`-\`, at most ${LONGEST_LABEL}`;
    const better = labelOf(text);
    return refused("bad-name", `\`${text}\` is no name`, better === "" ? rule : `${rule}: write ${better}`);
  },
);

/** The DNS label most like the text; empty where nothing of it can stay. */
export function labelOf(text: string): string {
  return slug(text).toLowerCase().replace(/[._]+/g, "-").slice(0, LONGEST_LABEL).replace(/-+$/, "");
}

/** A number as YAML has it; in quotes it would be text to OpenSLO's own tools. */
export const value: Kind<number> = number((read) => ok(read), "write it in the query's own unit, as a plain number");

/** `target`: the share that must be good, from 0 to below 1. */
export const target: Kind<number> = number((read, text) => {
  if (read >= 0 && read < 1) return ok(read);
  const hint =
    read > 1 && read < 100
      ? `did you mean \`targetPercent: ${text}\`?`
      : "write a share, such as 0.999, or `targetPercent: 99.9`";
  return refused("out-of-range", `the target \`${text}\` is not from 0 to below 1`, hint);
}, "write a share, such as 0.999");

/** `targetPercent`: likewise per cent, from 0 to below 100. */
export const targetPercent: Kind<number> = number((read, text) => {
  if (read >= 0 && read < 100) return ok(read);
  const hint = "OpenSLO's targets stay below 100: write 99.9, or less";
  return refused("out-of-range", `the target \`${text}\` is not from 0 to below 100 per cent`, hint);
}, "write per cent, such as 99.9");

function number(check: (read: number, text: string) => Outcome<number>, usual: string): Kind<number> {
  return scalar({ type: "number" }, "a number", ({ text, node }) => {
    if (typeof node.value === "number" && Number.isFinite(node.value)) return check(node.value, text);
    const plain = /^(-?\d+(?:\.\d+)?)\s*%?$/.exec(text.trim())?.[1];
    const hint = plain === undefined ? usual : `write ${plain} alone: no quotes, no per cent sign, no unit`;
    return refused("bad-number", `\`${text}\` is not a finite number`, hint);
  });
}

/** What OpenSLO knows and no verdict can be given on. */
export const refusing = (message: string, hint: string): Kind<never> => ({
  schema: {},
  read(_node, context, reader) {
    reader.report("error", context, { code: "not-judged", message, hint });
    return undefined;
  },
});
