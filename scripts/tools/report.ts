import type { FoundTool, Miss, Tool } from "./types.ts";
import { servesText } from "./version.ts";

/** Which ways were tried for a tool, and why each did not serve. */
export function failureText(tool: Tool, misses: readonly Miss[]): string {
  const lines = misses.map(({ way, why }) => `  ${way.padEnd(9)} ${why}`);
  return [`${tool.name} ${servesText(tool)} (for ${tool.use}) cannot be had:`, ...lines].join("\n");
}

/** What to do where tools cannot be had: any one of it serves. */
export function todoText(tools: readonly Tool[]): string {
  const named = tools.map((tool) => `${tool.program} ${servesText(tool)}`).join(", ");
  const built = tools.every(({ module }) => module !== null);
  return [
    "Any one of these serves:",
    `- put ${named} on PATH`,
    "- let this machine reach the release pages, or set TOOLS_RELEASE_BASE to a mirror of them",
    ...(built ? ["- install Go 1.21 or newer, and let it reach its module proxy (GOPROXY)"] : []),
  ].join("\n");
}

/** A table: tool, version, from where, path, and why below each. */
export function toolsText(tools: readonly FoundTool[]): string {
  const rows = [
    ["tool", "version", "from", "path"],
    ...tools.map(({ name, version, from, path }) => [name, version, from, path]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const [head = "", ...body] = lines;
  return [head, ...body.flatMap((line, index) => [line, `  why: ${tools[index]?.why ?? ""}`])].join("\n");
}
