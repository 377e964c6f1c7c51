import { readFileSync } from "node:fs";

const LINES = 15;

/** The last lines of a log, without these secrets; empty if it cannot be read. */
export function lastLines(file: string, secrets: readonly string[], from = 0): string {
  try {
    const text = readFileSync(file).subarray(from).toString("utf8");
    return redact(text.trimEnd().split("\n").slice(-LINES).join("\n"), secrets);
  } catch {
    return "";
  }
}

export function redact(text: string, secrets: readonly string[]): string {
  return secrets.filter((secret) => secret !== "").reduce((rest, secret) => rest.replaceAll(secret, "***"), text);
}
