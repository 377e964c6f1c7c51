import type { ErrorCode } from "yaml";
import type { Complaint } from "./problem.ts";

interface Words {
  readonly message: string;
  readonly hint: string;
}

const QUOTE = "put PromQL and other text with special characters in single quotes: 'metric{label=\"value\"}'";

/** The YAML parser's errors in a user's words; those not here keep the parser's. */
const WORDS: Partial<Record<ErrorCode, Words>> = {
  BAD_DQ_ESCAPE: {
    message: "double quotes know no such escape",
    hint: "use single quotes, which take backslashes as they are",
  },
  BAD_INDENT: {
    message: "the indentation does not fit, or a bracket is not closed",
    hint: "give all keys of one mapping the same column, and close each `{` and `[`",
  },
  BAD_SCALAR_START: { message: "text cannot start with this character", hint: QUOTE },
  BLOCK_AS_IMPLICIT_KEY: { message: "a second `: ` stands in one line", hint: `${QUOTE}, or start a new line` },
  MISSING_CHAR: {
    message: "a quote, a bracket or a colon is missing",
    hint: "close the quote, or write key: value with a space after the colon",
  },
  MULTILINE_IMPLICIT_KEY: {
    message: "this line is no `key: value`",
    hint: "write a space after the colon, and close quotes on the same line",
  },
  TAB_AS_INDENT: { message: "a tab indents this line", hint: "YAML is indented by spaces" },
  UNEXPECTED_TOKEN: { message: "YAML does not allow this here", hint: QUOTE },
  RESOURCE_EXHAUSTION: { message: "this is nested too deeply", hint: "an objectives file is four levels deep" },
  MULTIPLE_ANCHORS: { message: "a value has at most one anchor", hint: "remove the second `&name`" },
  TAG_RESOLVE_FAILED: { message: "tags (`!…`) mean nothing here", hint: "remove the tag" },
  BAD_DIRECTIVE: { message: "this directive means nothing here", hint: "remove the line that starts with `%`" },
};

const MISSING: readonly (readonly [RegExp, Words])[] = [
  [
    /Missing closing 'quote/,
    { message: "a single quote is never closed", hint: "close it with ' (a quote inside is written '')" },
  ],
  [/Missing closing "quote/, { message: "a double quote is never closed", hint: 'close it with "' }],
  [
    /sequence in block collection must be.* end with a \]/,
    { message: "a list is not closed", hint: "close it with `]`" },
  ],
  [/map in block collection must be.* end with a }/, { message: "a mapping is not closed", hint: "close it with `}`" }],
  [/map must end with a }/, { message: "a mapping is not closed", hint: "close it with `}`" }],
  [/sequence must end with a \]/, { message: "a list is not closed", hint: "close it with `]`" }],
  [
    /directives-end/,
    {
      message: "a line that starts with `%` needs a line `---` behind it",
      hint: "remove it: an objectives file needs neither",
    },
  ],
  [
    /^Comments must be separated/,
    { message: "a comment stands behind a blank", hint: "write a blank before `#`, or put the text in quotes" },
  ],
  [
    /more-indented leading empty lines/,
    {
      message: "the block begins with a line of more blanks than its text has",
      hint: "remove the blanks of its empty lines",
    },
  ],
  [
    /followed by map values/,
    { message: "this line is no `key: value`", hint: "write a colon and a space after the key" },
  ],
];

/** A YAML error as a complaint. */
export function yamlComplaint(code: ErrorCode, message: string): Complaint {
  const known = MISSING.find(([pattern]) => pattern.test(message))?.[1] ?? WORDS[code];
  return { code: "yaml", ...(known ?? { message: lowerFirst(message), hint: QUOTE }) };
}

const lowerFirst = (text: string) => text.slice(0, 1).toLowerCase() + text.slice(1, 200).replace(/\s+/g, " ");
