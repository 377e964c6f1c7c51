import { formatBeside, formatLimit } from "../../core/format.ts";
import type { ReportedObjective } from "../../core/report.ts";
import { allowedShare } from "../phrases.ts";
import { html, type Markup } from "./markup.ts";

/** Where the share of bad ones lies, beside what is allowed: what the verdict rests on, at one look. */
export function proofBar(objective: ReportedObjective): Markup | null {
  const { bound, counts, verdict } = objective;
  const allowed = allowedShare(objective);
  if (allowed === null || bound === null || counts === null || counts.total === 0) return null;
  const most = Math.max(allowed, bound.upper) * 1.3 || 1;
  const at = (share: number) => `${((share / most) * 100).toFixed(1)}%`;
  const width = ((bound.upper - bound.lower) / most) * 100;
  const may = formatLimit(allowed, "ratio", bound.lower, bound.upper);
  const beside = (share: number) => formatBeside(share, allowed, "ratio");
  const label = `share of bad between ${beside(bound.lower)} and ${beside(bound.upper)}, ${may} allowed`;
  const anchor = allowed / most > 0.8 ? "end" : "start";
  return html`<svg class="proof" height="34" role="img" aria-label="${label}"><line class="base" x1="0" x2="100%" y1="12" y2="12"/><rect class="${verdict}" x="${at(bound.lower)}" y="6" width="${Math.max(0.5, width).toFixed(1)}%" height="12" rx="2"/><line class="limit" x1="${at(allowed)}" x2="${at(allowed)}" y1="0" y2="22"/>${allowed / most < 0.08 ? null : html`<text x="0" y="32">0</text>`}<text class="limit" x="${at(allowed)}" y="32" text-anchor="${anchor}">${may} allowed</text></svg>`;
}
