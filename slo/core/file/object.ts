import { isMap, type Node, parse } from "yaml";
import { isEmpty, type WrittenKey, writtenKeys } from "./keys.ts";
import {
  type Found,
  type JsonSchema,
  type JsonValue,
  type Kind,
  names,
  type Range,
  type Reader,
  rangeOf,
} from "./kind.ts";
import { nounOf } from "./noun.ts";
import { nearest } from "./suggest.ts";

/** One key of an object: its kind, whether it must be there, and what an editor and an error say about it. */
export interface Field<T, Required extends boolean> {
  readonly kind: Kind<T>;
  readonly required: Required;
  readonly about: string;
  readonly example: string;
  /** A key without a value counts as left out, as in Kubernetes' files. */
  readonly mayBeEmpty?: boolean;
}

type Fields = Readonly<Record<string, Field<unknown, boolean>>>;

/** What an object holds: each key's value with its place; keys that may be left out may be undefined. */
export type Values<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends Field<infer T, true>
    ? Found<T>
    : F[K] extends Field<infer T, false>
      ? Found<T> | undefined
      : never;
};

export const required = <T>(kind: Kind<T>, example: string, about: string): Field<T, true> => ({
  kind,
  required: true,
  about,
  example,
});

export const optional = <T>(kind: Kind<T>, example: string, about: string): Field<T, false> => ({
  kind,
  required: false,
  about,
  example,
});

/** Like `optional`, and a key without a value counts as left out. */
export const vacant = <T>(kind: Kind<T>, example: string, about: string): Field<T, false> => ({
  ...optional(kind, example, about),
  mayBeEmpty: true,
});

/** Keys and values; `title` names it in messages; of each list in `oneOf` exactly one key stands. */
export function object<F extends Fields>(
  title: string,
  fields: F,
  oneOf: readonly (readonly (keyof F & string)[])[] = [],
  elsewhere: Readonly<Record<string, string>> = {},
): Kind<Values<F>> {
  return {
    schema: objectSchema(fields, oneOf),
    read(node, context, reader) {
      const at = rangeOf(node, context);
      if (!isMap(node)) {
        const hint = `write keys and values: ${exampleOf(fields, oneOf) ?? names(Object.keys(fields))}`;
        reader.report("error", at, { code: "wrong-type", message: `${title} takes keys, not ${nounOf(node)}`, hint });
        return undefined;
      }
      if (!reader.spend(node.items.length + 1)) return undefined;
      const written = writtenKeys(title, node, reader);
      const place = { start: context.start, end: context.end };
      const unknown = unknownKeys(fields, written.keys);
      // What is reported as misspelt is not missing as well.
      const present = new Set<string | undefined>([
        ...written.keys.map(({ key }) => key),
        ...unknown.map(({ near }) => near),
      ]);
      const complete = [
        written.ok,
        reportUnknown(title, fields, unknown, elsewhere, reader),
        checkMissing(title, fields, present, place, reader),
        checkOneOf(title, fields, oneOf, written.keys, present, place, reader),
      ].every(Boolean);
      const values = readValues(fields, written.keys, reader);
      return complete && values !== undefined ? { value: values as Values<F>, at } : undefined;
    },
  };
}

/** The least that such an object holds; undefined where nothing must be there. */
function exampleOf(fields: Fields, oneOf: readonly (readonly string[])[]): string | undefined {
  const needed = Object.entries(fields).flatMap(([key, { required }]) => (required ? [key] : []));
  const keys = [...oneOf.flatMap((choice) => choice.slice(0, 1)), ...needed];
  const text = keys.map((key) => `${key}: ${fields[key]?.example}`).join(", ");
  return keys.length === 0 ? undefined : `{ ${text} }`;
}

function objectSchema(fields: Fields, oneOf: readonly (readonly string[])[]): JsonSchema {
  const entries = Object.entries(fields);
  const needed = entries.filter(([, field]) => field.required).map(([key]) => key);
  return {
    type: "object",
    additionalProperties: false,
    properties: Object.fromEntries(
      entries.map(([key, field]) => [
        key,
        { description: field.about, ...examplesOf(field.example), ...field.kind.schema },
      ]),
    ),
    ...(needed.length > 0 ? { required: needed } : {}),
    ...(oneOf.length > 0 ? { allOf: oneOf.map((keys) => ({ oneOf: keys.map((key) => ({ required: [key] })) })) } : {}),
  };
}

/** The example as a value, which editors offer; none of what only hints at one. */
function examplesOf(example: string): JsonSchema {
  return example.includes("…") ? {} : { examples: [parse(example) as JsonValue] };
}

/** Keys that are not ours, each with the one that was probably meant, if that one is not there yet. */
function unknownKeys(
  fields: Fields,
  keys: readonly WrittenKey[],
): readonly (WrittenKey & { readonly near: string | undefined })[] {
  const there = new Set(keys.map(({ key }) => key));
  const absent = Object.keys(fields).filter((name) => !there.has(name));
  return keys
    .filter(({ key }) => !Object.hasOwn(fields, key))
    .map((one) => ({ ...one, near: nearest(one.key, absent) }));
}

/** Keys that nobody meant as such. */
const WRITTEN_WRONG: readonly (readonly [RegExp, string])[] = [
  [/^<<$/, "merge keys are not read: use `defaults`, or an alias for a whole value"],
  [/^\d+(?:[%a-zA-Z]\S*)?$/, "a comma parts keys here: the decimal separator is a point"],
];

function reportUnknown(
  title: string,
  fields: Fields,
  unknown: ReturnType<typeof unknownKeys>,
  elsewhere: Readonly<Record<string, string>>,
  reader: Reader,
): boolean {
  for (const { key, at, near } of unknown) {
    const belongs = Object.hasOwn(elsewhere, key) ? elsewhere[key] : WRITTEN_WRONG.find(([is]) => is.test(key))?.[1];
    const usual = near === undefined ? `its keys are ${names(Object.keys(fields))}` : `did you mean \`${near}\`?`;
    const message = `${title} has no key \`${key}\``;
    reader.report("error", at, { code: "unknown-key", message, hint: belongs ?? usual });
  }
  return unknown.length === 0;
}

function checkMissing(
  title: string,
  fields: Fields,
  present: ReadonlySet<string | undefined>,
  at: Range,
  reader: Reader,
): boolean {
  const missing = Object.entries(fields).filter(([key, field]) => field.required && !present.has(key));
  for (const [key, field] of missing) {
    const hint = `add, for example, ${key}: ${field.example}`;
    reader.report("error", at, { code: "missing-key", message: `${title} needs \`${key}\``, hint });
  }
  return missing.length === 0;
}

function checkOneOf(
  title: string,
  fields: Fields,
  oneOf: readonly (readonly string[])[],
  keys: readonly WrittenKey[],
  present: ReadonlySet<string | undefined>,
  at: Range,
  reader: Reader,
): boolean {
  let complete = true;
  for (const choice of oneOf) {
    const [first, ...more] = keys.filter(({ key }) => choice.includes(key));
    if (!choice.some((key) => present.has(key))) {
      const hint = choice
        .slice(0, 1)
        .map((key) => `add, for example, ${key}: ${fields[key]?.example}`)
        .join();
      reader.report("error", at, { code: "missing-key", message: `${title} needs ${names(choice, "or")}`, hint });
      complete = false;
    }
    for (const extra of more) {
      const message = `${title} has \`${first?.key}\` and \`${extra.key}\`, which exclude each other`;
      reader.report("error", extra.at, { code: "too-many-keys", message, hint: `keep one of ${names(choice)}` });
      complete = false;
    }
  }
  return complete;
}

function readValues(
  fields: Fields,
  keys: readonly WrittenKey[],
  reader: Reader,
): Record<string, Found<unknown>> | undefined {
  const values: Record<string, Found<unknown>> = {};
  let complete = true;
  for (const { key, at, value } of keys) {
    if (!Object.hasOwn(fields, key)) continue;
    const field = fields[key];
    if (field === undefined || (field.mayBeEmpty === true && isEmpty(value))) continue;
    const found = readValue(field, key, value, at, reader);
    if (found === undefined) complete = false;
    else values[key] = found;
  }
  return complete ? values : undefined;
}

function readValue(
  field: Field<unknown, boolean>,
  key: string,
  value: Node | null,
  at: Range,
  reader: Reader,
): Found<unknown> | undefined {
  const node = value && reader.resolve(value);
  if (node === undefined) return undefined;
  if (node === null || isEmpty(node)) {
    const hint = `write, for example, ${key}: ${field.example}`;
    reader.report("error", at, { code: "no-value", message: `\`${key}\` has no value`, hint });
    return undefined;
  }
  return field.kind.read(node, at, reader);
}
