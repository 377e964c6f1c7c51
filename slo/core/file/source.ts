import {
  type Alias,
  Composer,
  type Document,
  type ErrorCode,
  isAlias,
  isScalar,
  LineCounter,
  type Node,
  Parser,
  visit,
} from "yaml";
import { placeOf, type Range, type Reader } from "./kind.ts";
import type { Complaint, Problem, Severity } from "./problem.ts";
import { yamlComplaint } from "./yaml-messages.ts";

/** Largest file read, in UTF-16 units: about two thousand objectives. */
const LARGEST = 512 * 1024;
/** Nodes that one file may cost to read; above what fits into it without aliases to multiply it. */
const MOST_NODES = 150_000;
/** As many as the largest file has objectives. */
const MOST_DOCUMENTS = 2_000;
/** Of each severity: nobody reads more, and each holds text. Warnings never crowd out an error. */
const MOST_PROBLEMS = 1_000;
/** Mistakes after which the YAML parser goes on as if nothing were wrong; after any other it has lost its way. */
const HARMLESS: readonly ErrorCode[] = [
  "TAB_AS_INDENT",
  "BAD_SCALAR_START",
  "BAD_DQ_ESCAPE",
  "BAD_ALIAS",
  "MULTIPLE_ANCHORS",
  "TAG_RESOLVE_FAILED",
  "BAD_DIRECTIVE",
];
const MOST_SYNTAX_ERRORS = 20;

/** One YAML document of a file: its top node, which is never null, and where it starts (at its `---`, if it has one). */
export interface OpenDocument {
  readonly top: Node;
  readonly at: Range;
}

/** An open file: what it holds, the reader to read it with, and the problems reported so far (it grows). */
export interface Source {
  /** Without empty ones; none where there is a problem. */
  readonly documents: readonly OpenDocument[];
  readonly reader: Reader;
  readonly problems: readonly Problem[];
  place(at: Range): Problem["place"];
}

/** Parses the text as YAML; syntax errors are among the problems, and then there are no documents. */
export function openSource(text: string, file: string): Source {
  const source = text.replace(/^\uFEFF/, "");
  const lines = new LineCounter();
  const problems: Problem[] = [];
  const place = (at: Range): Problem["place"] => {
    const { line, col } = lines.linePos(at.start);
    return { file, line: Math.max(1, line), column: Math.max(1, col), length: Math.max(0, at.end - at.start) };
  };
  const told = new Set<string>();
  const count: Record<Severity, number> = { error: 0, warning: 0 };
  const report = (severity: Severity, at: Range, { code, message, hint }: Complaint) => {
    // What several objectives share, by an alias or a reference, is read for each of them and wrong once.
    const same = `${at.start} ${at.end} ${code} ${message}`;
    if (count[severity] >= MOST_PROBLEMS || told.has(same)) return;
    told.add(same);
    count[severity] += 1;
    problems.push({ severity, code, place: place(at), message, hint });
  };
  const open = (documents: readonly OpenDocument[], anchors: ReadonlyMap<Alias, Node>): Source => ({
    documents,
    reader: createReader(source, anchors, report),
    problems,
    place,
  });
  const unreadable = unreadableText(source);
  if (unreadable !== undefined) {
    addLineStarts(lines, source.slice(0, unreadable.at.start));
    report("error", unreadable.at, unreadable);
    return open([], new Map());
  }
  const parsed = parseDocuments(source, lines);
  for (const document of parsed) reportSyntax(document, report, source);
  for (const more of parsed.slice(MOST_DOCUMENTS)) report("error", startOf(more), TOO_MANY);
  if (problems.length > 0) return open([], new Map());
  const documents = parsed.flatMap((document): readonly OpenDocument[] => {
    const top = document.contents;
    if (top === null || (isScalar(top) && top.value === null)) return [];
    return [{ top, at: startOf(document) }];
  });
  if (documents.length === 0) report("error", { start: 0, end: 0 }, EMPTY);
  return open(documents, aliasTargets(parsed));
}

function parseDocuments(source: string, lines: LineCounter): readonly Document.Parsed[] {
  const parser = new Parser(lines.addNewLine);
  const composer = new Composer({ uniqueKeys: false });
  const parsed: Document.Parsed[] = [];
  for (const document of composer.compose(parser.parse(source), true, source.length)) {
    parsed.push(document as Document.Parsed);
    // What comes after is not read: each document costs far more than its few characters.
    if (parsed.length > MOST_DOCUMENTS) break;
  }
  return parsed;
}

/** The `---` that a document starts with, or its first character. */
function startOf({ range: [start], directives }: Document.Parsed): Range {
  return { start, end: start + (directives.docStart === true ? 3 : 1) };
}

const TOO_MANY: Complaint = {
  code: "too-large",
  message: `the file has more than ${MOST_DOCUMENTS} documents`,
  hint: "split it, one file a service",
};

const EMPTY: Complaint = {
  code: "empty-file",
  message: "the file declares nothing",
  hint: "start with `service: my-api` and a list of `objectives:`",
};

const ALIAS_BOMB: Complaint = {
  code: "alias-bomb",
  message: "the file's aliases multiply beyond measure",
  hint: "write the values out",
};

function unreadableText(source: string): ({ readonly at: Range } & Complaint) | undefined {
  if (source.length > LARGEST) {
    const message = `the file is ${Math.round(source.length / 1024)} KiB large; at most ${LARGEST / 1024} KiB are read`;
    return { at: { start: 0, end: 0 }, code: "too-large", message, hint: "split it, one file a service" };
  }
  const at = source.search(/[\0\uFFFD]/);
  if (at === -1) return undefined;
  const hint = "save it as text in UTF-8";
  return { at: { start: at, end: at + 1 }, code: "not-text", message: "this is not UTF-8 text", hint };
}

function addLineStarts(lines: LineCounter, text: string): void {
  lines.addNewLine(0);
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines.addNewLine(at + 1);
}

function reportSyntax(document: Document.Parsed, report: Reader["report"], source: string): void {
  const errors = [...document.errors, ...document.warnings].toSorted((a, b) => a.pos[0] - b.pos[0]);
  const lost = errors.findIndex(({ code }) => !HARMLESS.includes(code));
  const told = lost === -1 ? errors : errors.slice(0, lost + 1);
  const last = source.trimEnd().length;
  for (const { code, message, pos } of told.slice(0, MOST_SYNTAX_ERRORS)) {
    report("error", placeOfError(document, message, pos, last), yamlComplaint(code, message));
  }
}

/**
 * The parser places a quote that is never closed where the text ends; its start says more. What it finds missing at the
 * file's end is missing behind the last of its text.
 */
function placeOfError(
  document: Document,
  message: string,
  [start, end]: readonly [number, number],
  last: number,
): Range {
  const quote = message.startsWith("Missing closing") ? quoteUntil(document, start) : undefined;
  if (quote !== undefined) return quote;
  return start > last ? { start: last, end: last + 1 } : { start, end };
}

/** The quoted text that ends there. */
function quoteUntil(document: Document, end: number): Range | undefined {
  let found: Range | undefined;
  visit(document, {
    Scalar(_key, node) {
      const at = placeOf(node);
      if (at.end === end) found ??= at;
    },
  });
  return found;
}

/** What each alias stands for: the nearest anchor of its name before it, in its own document. */
function aliasTargets(documents: readonly Document.Parsed[]): ReadonlyMap<Alias, Node> {
  const targets = new Map<Alias, Node>();
  for (const document of documents) {
    const anchors = new Map<string, Node>();
    visit(document, {
      Node(_key, node) {
        if (isAlias(node)) {
          const target = anchors.get(node.source);
          if (target !== undefined) targets.set(node, target);
        } else if (node.anchor !== undefined) anchors.set(node.anchor, node);
      },
    });
  }
  return targets;
}

function createReader(source: string, targets: ReadonlyMap<Alias, Node>, report: Reader["report"]): Reader {
  let left = MOST_NODES;
  return {
    source,
    report,
    resolve(node) {
      if (!isAlias(node)) return node;
      const target = targets.get(node);
      if (target !== undefined) return target;
      const message = `no \`&${node.source}\` stands before this`;
      report("error", placeOf(node), { code: "unknown-anchor", message, hint: "put it in quotes if it is text" });
      return undefined;
    },
    spend(nodes) {
      left -= nodes;
      if (left >= 0) return true;
      report("error", { start: 0, end: 0 }, ALIAS_BOMB);
      return false;
    },
  };
}
