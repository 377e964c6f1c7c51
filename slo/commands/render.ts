import type { Report } from "../core/report.ts";
import { renderConsole } from "../render/console.ts";
import { renderJson } from "../render/json.ts";
import { renderJunit } from "../render/junit.ts";
import { renderMarkdown } from "../render/markdown.ts";
import type { Format } from "./formats.ts";
import type { Terminal } from "./terminal.ts";

/** The report in a format, as text that ends with a newline. */
export function renderReport(report: Report, format: Format, terminal: Terminal, reportPath: string | null): string {
  switch (format) {
    case "console":
      return renderConsole(report, { ...terminal, reportPath });
    case "json":
      return renderJson(report);
    case "junit":
      return renderJunit(report);
    case "markdown":
      return renderMarkdown(report);
    default: {
      const never: never = format;
      return never;
    }
  }
}
