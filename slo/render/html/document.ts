import { createHash } from "node:crypto";
import type { RunVerdict } from "../../core/report.ts";
import { VERDICT_TEXT } from "../phrases.ts";
import { html, type Markup, own, type Part } from "./markup.ts";
import type { Assets, Told } from "./told.ts";

const NAVIGATION = [
  ["verdicts", "Verdicts"],
  ["objectives", "Objectives"],
  ["validity", "Validity"],
  ["load", "Throughput"],
  ["errors", "Errors"],
  ["witnesses", "Client against server"],
  ["fingerprint", "Fingerprint"],
] as const;

/** The whole page. Its policy lets nothing in but its own style and script, by their hashes. */
export function page({ report }: Told, { style, script }: Assets, [head = null, ...sections]: readonly Part[]): Markup {
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(style)}'`,
    `script-src '${hashOf(script)}'`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const title = `${VERDICT_TEXT[report.verdict]} · ${report.service}${report.run.id === null ? "" : ` · ${report.run.id}`}`;
  const body = html`${sections}`;
  const links = NAVIGATION.filter(([id]) => body.text.includes(`<section id="${id}"`));
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="${iconOf(report.verdict)}">
<style>${own(style)}</style>
</head>
<body>
${head}
<nav aria-label="Sections"><ul>${links.map(([id, text]) => html`<li><a href="#${id}">${text}</a></li>`)}</ul></nav>
<main>
${sections}
</main>
<script>${own(script)}</script>
</body>
</html>`;
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

const COLORS: Readonly<Record<RunVerdict, string>> = {
  pass: "1a7f37",
  fail: "c4320a",
  inconclusive: "9a6700",
  "no-data": "57606a",
  invalid: "9a6700",
};

function iconOf(verdict: RunVerdict): string {
  const circle = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="#${COLORS[verdict]}"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(circle)}`;
}
