import { readFile } from "node:fs/promises";
import { join } from "node:path";

const FOLDER = join(import.meta.dirname, "../../render/html");

/** Style and script of the HTML report: they lie beside its renderer. Rejects only where the installation is broken. */
export async function readAssets(): Promise<{ readonly style: string; readonly script: string }> {
  const [style, script] = await Promise.all(
    ["page.css", "page.js"].map((name) => readFile(join(FOLDER, name), "utf8")),
  );
  return { style: style ?? "", script: script ?? "" };
}
