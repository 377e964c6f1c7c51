import { html, type Markup, type Part } from "./markup.ts";

/** Rows that one table may have; what is cut is said beneath it. */
const MOST_ROWS = 40;

/** A table that scrolls within itself where the page is narrow; the first cell of a row is its head. */
export function table(caption: string, heads: readonly string[], rows: readonly (readonly Part[])[]): Markup {
  const shown = rows.slice(0, MOST_ROWS);
  const left =
    rows.length > shown.length ? html`<p class="left">Left out: ${rows.length - shown.length} more rows.</p>` : null;
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${caption}"><table><thead><tr>${heads.map(
    (head) => html`<th scope="col">${head}</th>`,
  )}</tr></thead><tbody>${shown.map(
    ([first = null, ...cells]) =>
      html`<tr><th scope="row">${first}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  )}</tbody></table></div>${left}`;
}

/** Terms and what is said of them; a term with nothing to say is left away. */
export function facts(all: readonly (readonly [string, Part])[]): Markup {
  return html`<dl>${all
    .filter(([, value]) => value !== null && value !== "")
    .map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;
}
