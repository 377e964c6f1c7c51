import { readAssets } from "../io/files/assets.ts";
import { renderConsole } from "../render/console.ts";
import { renderGithub } from "../render/github.ts";
import type { Assets, Sources } from "../render/html/told.ts";
import { renderHtml } from "../render/html.ts";
import { renderJson } from "../render/json.ts";
import { renderJunit } from "../render/junit.ts";
import { renderMarkdown } from "../render/markdown.ts";
import type { Format, Output } from "./formats.ts";
import type { Terminal } from "./terminal.ts";

/** What reports are made of; `assets` is null where no HTML is wanted. */
export interface Material extends Sources {
  readonly assets: Assets | null;
}

export function wantsHtml(format: Format, outputs: readonly Output[]): boolean {
  return format === "html" || outputs.some((output) => output.format === "html");
}

export async function assetsFor(format: Format, outputs: readonly Output[]): Promise<Assets | null> {
  return wantsHtml(format, outputs) ? await readAssets() : null;
}

/** The report in a format, as text that ends with a newline. */
export function renderReport(
  material: Material,
  format: Format,
  terminal: Terminal,
  reportPath: string | null,
): string {
  const { report, assets } = material;
  switch (format) {
    case "console":
      return renderConsole(report, { ...terminal, reportPath });
    case "json":
      return renderJson(report);
    case "junit":
      return renderJunit(report);
    case "markdown":
      return renderMarkdown(report);
    case "github":
      return renderGithub(report);
    case "html":
      return renderHtml(material, assets ?? { style: "", script: "" });
    default: {
      const never: never = format;
      return never;
    }
  }
}
