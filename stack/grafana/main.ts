import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { differences } from "./compare.ts";
import { checkedIn, FOLDER, generated } from "./files.ts";

const USAGE = `npm run dashboards [-- --check]
  writes Grafana's dashboards, stack/grafana/dashboards/*.json, from the code beside them and slo/objectives/;
  with --check it only says whether they are current, and ends with 1 where they are not`;

async function main(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...argv], options: { check: { type: "boolean" }, help: { type: "boolean" } } });
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const wanted = await generated();
  const found = differences(wanted, await checkedIn());
  for (const { file, kind } of found) process.stdout.write(`${kind.padEnd(9)} stack/grafana/dashboards/${file}\n`);
  if (found.length === 0) process.stdout.write(`current   ${wanted.size} dashboards in stack/grafana/dashboards\n`);
  else if (values.check) process.stdout.write("renew them: npm run dashboards\n");
  if (values.check) return found.length === 0 ? 0 : 1;
  for (const { file, kind } of found) {
    if (kind === "left over") await rm(join(FOLDER, file));
    else await writeFile(join(FOLDER, file), wanted.get(file) ?? "");
  }
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const wrong = error instanceof Error ? error.message : String(error);
  process.stderr.write(`✗ dashboards  ${wrong}\n  See: npm run dashboards -- --help\n`);
  process.exitCode = 2;
}
