import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { runCommand } from "./lib/command.ts";
import { Fault } from "./lib/fault.ts";
import { inProject, shortest } from "./lib/paths.ts";
import { failureOf, runProgram } from "./lib/program.ts";
import { openBrowser } from "./screenshots/browser.ts";
import { look, VIEWS } from "./screenshots/look.ts";

const USAGE = `npm run screenshots -- [RUN_FOLDER] [--to FOLDER]
  renders a run's HTML report (results/latest), looks at it in headless Chromium at phone and desktop width, light and
  dark, and writes the pictures (docs/images). Ends with 1 where axe, a request or a sideways scroll says no.`;

/** The report as `slo report` writes it. Throws a Fault. */
async function render(run: string, folder: string): Promise<string> {
  const page = join(folder, "report.html");
  const ending = await runProgram(process.execPath, [
    inProject("slo/main.ts"),
    "report",
    run,
    "--output",
    `html=${page}`,
  ]);
  // Its exit code is the report's verdict; only 2 says that there is no report.
  if (ending.kind === "ended" && ending.code !== 2) return page;
  throw new Fault("report", failureOf("slo report", ending) ?? "slo report failed", "Name a judged run's folder.", 2);
}

async function take(run: string, to: string): Promise<number> {
  const scratch = await mkdtemp(join(tmpdir(), "screenshots-"));
  const browser = await openBrowser(process.env);
  try {
    const address = pathToFileURL(await render(run, scratch)).href;
    await mkdir(to, { recursive: true });
    let bad = 0;
    for (const view of VIEWS) {
      const { picture, findings } = await look(browser, address, view);
      const file = join(to, `report-${view.name}.png`);
      await writeFile(file, picture);
      const size = `${Math.ceil(picture.length / 1024)} KiB`;
      process.stdout.write(`${findings.length === 0 ? "✓" : "✗"} ${shortest(file)}  ${size}\n`);
      for (const finding of findings) process.stdout.write(`    ${finding}\n`);
      bad += findings.length;
    }
    return bad === 0 ? 0 : 1;
  } finally {
    await browser.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

async function main(argv: readonly string[]): Promise<number> {
  const options = { to: { type: "string" } } as const;
  const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true });
  return take(positionals[0] ?? inProject("results/latest"), values.to ?? inProject("docs/images"));
}

await runCommand(USAGE, main);
