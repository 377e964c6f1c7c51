import { isAlias, isMap, type Node, parseDocument } from "yaml";
import { commonFields } from "../file/common.ts";
import { INDICATORS, indicatorFields } from "../file/indicators/fields.ts";
import { isEmpty, type WrittenKey, writtenKeys } from "../file/keys.ts";
import { type Found, type Kind, names, placeOf, type Range, type Reader, rangeOf } from "../file/kind.ts";
import { nounOf } from "../file/noun.ts";
import { object, optional, type Values } from "../file/object.ts";
import type { Written } from "../file/scalar.ts";
import { placeIn } from "../file/scalar-place.ts";
import { nearest } from "../file/suggest.ts";
import { share } from "../file/values/share.ts";
import { objectiveName } from "../file/values/word.ts";
import { yamlComplaint } from "../file/yaml-messages.ts";
import { inner } from "./values.ts";

/** Stands before the name of each annotation of ours. */
export const PREFIX = "proving-ground/";

const fields = {
  ...commonFields,
  name: optional(objectiveName, "read-latency", "Our name, where OpenSLO allows none such."),
  coverage: optional(share, "80%", "Least share of a phase that evidence must cover."),
  indicator: optional(
    object("the indicator", indicatorFields, [INDICATORS]),
    "'resource: { service: api, memory: { atMost: 256MiB } }'",
    "Our indicator, where OpenSLO cannot say all of it.",
  ),
};

/** What our annotations say, each with the place of its text. */
export type Said = Values<typeof fields>;

/** `metadata.annotations`: ours hold YAML as our own form has it; other people's are left alone. */
export const annotations: Kind<Said> = {
  schema: { type: "object", additionalProperties: { type: "string" } },
  read(node, context, reader) {
    const at = rangeOf(node, context);
    if (!isMap(node)) {
      const message = `\`annotations\` takes keys, not ${nounOf(node)}`;
      reader.report("error", at, { code: "wrong-type", message, hint: `write ${PREFIX}phase: steady` });
      return undefined;
    }
    if (!reader.spend(node.items.length + 1)) return undefined;
    const { keys, ok } = writtenKeys("`annotations`", node, reader);
    const ours = keys.filter(({ key }) => key.startsWith(PREFIX));
    const read = ours.map((one) => [one.key.slice(PREFIX.length), readOne(one, reader)] as const);
    if (!ok || read.some(([, found]) => found === undefined)) return undefined;
    return { value: Object.fromEntries(read) as unknown as Said, at };
  },
};

function readOne({ key, at, value }: WrittenKey, reader: Reader): Found<unknown> | undefined {
  const name = key.slice(PREFIX.length);
  const field = Object.entries(fields).find(([known]) => known === name)?.[1];
  if (field === undefined) {
    const near = nearest(name, Object.keys(fields));
    const hint =
      near === undefined
        ? `ours are ${names(Object.keys(fields).map((one) => `${PREFIX}${one}`))}`
        : `did you mean \`${PREFIX}${near}\`?`;
    reader.report("error", at, { code: "unknown-key", message: `no annotation of ours is \`${key}\``, hint });
    return undefined;
  }
  if (isEmpty(value) || value === null) {
    reader.report("error", at, noValue(key, field.example));
    return undefined;
  }
  const node = reader.resolve(value);
  const text = node === undefined ? undefined : inner.read(node, at, reader);
  const top = text === undefined ? undefined : parseInner(text.value, reader);
  if (text === undefined || top === undefined) return undefined;
  const found = (field.kind as Kind<unknown>).read(top, wholeOf(text.value), readerInside(text.value, reader));
  return found === undefined ? undefined : { value: found.value, at: text.at };
}

const noValue = (key: string, example: string) => ({
  code: "no-value",
  message: `\`${key}\` has no value`,
  hint: `write, for example, ${key}: ${example}`,
});

const wholeOf = ({ text }: Written): Range => ({ start: 0, end: text.length });

/** The annotation's text is YAML of its own. */
function parseInner(written: Written, reader: Reader): Node | undefined {
  const document = parseDocument(written.text, { prettyErrors: false, uniqueKeys: false });
  const [error] = [...document.errors, ...document.warnings];
  if (error !== undefined) {
    readerInside(written, reader).report(
      "error",
      { start: error.pos[0], end: error.pos[1] },
      yamlComplaint(error.code, error.message),
    );
    return undefined;
  }
  if (document.contents !== null) return document.contents;
  reader.report("error", written.at, { code: "no-value", message: "this annotation says nothing", hint: "remove it" });
  return undefined;
}

/** Reads what stands in a scalar's text, and tells its places in the file. */
function readerInside(written: Written, reader: Reader): Reader {
  const report: Reader["report"] = (severity, { start, end }, complaint) =>
    reader.report(severity, placeIn(written, { offset: start, length: end - start }, reader.source), complaint);
  return {
    source: written.text,
    spend: (nodes) => reader.spend(nodes),
    report,
    resolve(node) {
      if (!isAlias(node)) return node;
      const message = "an annotation has no aliases";
      report("error", placeOf(node), { code: "unknown-anchor", message, hint: "write the value out" });
      return undefined;
    },
  };
}
