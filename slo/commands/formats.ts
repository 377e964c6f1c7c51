import { nearest } from "../core/near.ts";
import { Fault } from "../io/fault.ts";

/** What a report can be rendered as. */
export const FORMATS = ["console", "json", "junit", "markdown", "html", "github"] as const;
export type Format = (typeof FORMATS)[number];

export interface Output {
  readonly format: Format;
  readonly path: string;
}

/** Reads `--format`. Throws a Fault, exit 2. */
export function readFormat(text: string, flag = "--format"): Format {
  const format = FORMATS.find((known) => known === text);
  if (format !== undefined) return format;
  const [like] = nearest(text, FORMATS);
  throw new Fault(
    "usage",
    2,
    `${flag} ${text} is not a known format`,
    like === undefined ? `known: ${FORMATS.join(", ")}` : `did you mean ${like}?`,
  );
}

/** Reads one `--output FORMAT=PATH`. Throws a Fault, exit 2. */
export function readOutput(text: string): Output {
  const at = text.indexOf("=");
  const path = text.slice(at + 1);
  if (at < 1 || path === "")
    throw new Fault("usage", 2, `--output ${text} is not FORMAT=PATH`, "write it as --output junit=results/junit.xml");
  return { format: readFormat(text.slice(0, at), "--output"), path };
}

/** Reads `--format` of a command that makes no report. Throws a Fault, exit 2. */
export function readPlainFormat(text: string): "console" | "json" {
  if (text === "console" || text === "json") return text;
  throw new Fault("usage", 2, `--format ${text} is not a known format here`, "known: console, json");
}
