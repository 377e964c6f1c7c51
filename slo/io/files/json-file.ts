import { basename } from "node:path";
import type { z } from "zod";
import { Fault } from "../fault.ts";

const MOST_ISSUES = 5;

/** Parses and checks a JSON file's text. A Fault (exit 2) names each wrong value by its path within the file. */
export function parseJsonFile<Value>(
  text: string,
  file: string,
  shape: z.ZodType<Value>,
  hint: string | null = null,
): Value {
  const parsed = parseJson(text, file);
  const result = shape.safeParse(parsed);
  if (result.success) return result.data;
  const name = basename(file);
  const lines = result.error.issues.slice(0, MOST_ISSUES).map((issue) => `${name}: ${describe(issue, parsed)}`);
  const more = result.error.issues.length - lines.length;
  throw new Fault(
    "file-shape",
    2,
    `${file} has not the shape it must have:\n  ${lines.join("\n  ")}${more > 0 ? `\n  and ${more} more` : ""}`,
    hint,
  );
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Fault("file-shape", 2, `${file} is not JSON (cut short?): ${why}`);
  }
}

/** One zod issue in our words: `phases[1].from must be a number`. */
function describe(issue: z.core.$ZodIssue, root: unknown): string {
  const path = pathText(issue.path);
  switch (issue.code) {
    case "invalid_type":
      return valueAt(root, issue.path) === undefined
        ? `${path} is missing`
        : `${path} must be ${article(issue.expected)}`;
    case "invalid_value":
      return `${path} must be ${issue.values.map((value) => JSON.stringify(value)).join(" or ")}`;
    case "too_small":
      return `${path} must be at least ${issue.minimum}${issue.origin === "array" ? " long" : ""}`;
    case "too_big":
      return `${path} must be at most ${issue.maximum}`;
    default:
      return `${path} ${issue.message}`;
  }
}

function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
  return text === "" ? "the whole" : text.replace(/^\./, "");
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
    root,
  );
}

const NAMES: Readonly<Record<string, string>> = {
  int: "a whole number",
  number: "a number",
  string: "a string",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

function article(expected: string): string {
  return NAMES[expected] ?? expected;
}
