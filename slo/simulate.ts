import { ALLOWED, burstOf, EACH, INDEPENDENT, INTERVALS, LONG, type Model, SHORT } from "./simulation/model.ts";
import { type Figures, simulate } from "./simulation/simulate.ts";

/** How often a verdict is wrong, by simulation: `npm run simulate`. */
const [RUNS, SEED] = [10_000, 20_261_122];
const ABOVE = ALLOWED * (1 + 1e-6);

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
const pad = (text: string, width: number) => text.padEnd(width);

function row(model: Model, figures: Figures): string {
  const declared = burstOf(model) === 1 ? "–" : `${percent(figures.declared)} (${burstOf(model)})`;
  const cells = [percent(figures.plain), percent(figures.estimated), declared, percent(figures.fails)];
  return `| ${[pad(model.name, 23), ...cells.map((cell) => pad(cell, 12))].join(" | ")} |`;
}

function head(first: string, cells: readonly string[]): string {
  const line = `| ${[pad(first, 23), ...cells.map((cell) => pad(cell, 12))].join(" | ")} |`;
  return `${line}\n| --- ${"| ---: ".repeat(cells.length)}|`;
}

const models = [INDEPENDENT, ...SHORT, ...LONG];
const print = (line: string) => process.stdout.write(`${line}\n`);

print(
  `${RUNS} runs a row, seed ${SEED}: ${INTERVALS} scrape intervals of ${EACH} requests, ${percent(ALLOWED)} allowed,`,
);
print("95 % confidence. Bad requests just above the limit: a pass is false. On the limit: a breach is false.\n");
print(head("bad requests come", ["pass, plain", "estimated", "declared (φ)", "breach"]));
let missed = 0;
for (const model of models) {
  const [above, on] = [simulate(model, ABOVE, RUNS, SEED), simulate(model, ALLOWED, RUNS, SEED + 1)];
  missed += above.missed + on.missed;
  print(row(model, { ...above, fails: on.fails }));
}
print("\nOne by one, at a part of the limit: a pass is right.\n");
print(head("part of the limit", ["pass, plain", "estimated"]));
for (const part of [0.4, 0.5, 0.6, 0.7]) {
  const found = simulate(INDEPENDENT, part * ALLOWED, RUNS, SEED + 2);
  missed += found.missed;
  print(
    `| ${[pad(percent(part), 23), ...[found.plain, found.estimated].map((one) => pad(percent(one), 12))].join(" | ")} |`,
  );
}
const misses = Math.round(missed * RUNS);
print(`\nExact quantile outside the interval of its bucket: ${misses} of ${(2 * models.length + 4) * RUNS} runs.`);
process.exitCode = misses === 0 ? 0 : 1;
