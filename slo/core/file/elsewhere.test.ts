import { expect, test } from "vitest";
import { parseObjectives } from "./parse-objectives.ts";

/** What to do about a key that is not known there, each of these words by itself. */
function hints(words: string, file: (key: string) => string): readonly string[] {
  const told = words.split(" ").flatMap((key) => {
    const parsed = parseObjectives(file(`${key}: 1`), "o.yaml");
    const problems = parsed.kind === "ok" ? parsed.warnings : parsed.problems;
    return problems.filter(({ code }) => code === "unknown-key").map(({ hint }) => hint);
  });
  expect(told).toHaveLength(words.split(" ").length);
  return [...new Set(told)];
}

const QUERY = "query: { promql: 'max_over_time(up[$phase])', atMost: 1 }";
const inObjective = (key: string) => `service: s\nobjectives: [{ name: one, ${key}, ${QUERY} }]\n`;
const inIndicator = (key: string) =>
  `service: s\nobjectives: [{ name: one, query: { ${key}, promql: 'max_over_time(up[$phase])', atMost: 1 } }]\n`;
const inDefaults = (key: string) => `service: s\ndefaults: { ${key} }\nobjectives: [{ name: one, ${QUERY} }]\n`;
const inFile = (key: string) => `service: s\n${key}\nobjectives: [{ name: one, ${QUERY} }]\n`;

test.each([inObjective, inIndicator, inDefaults, inFile])(
  "what is meant for people, or says it otherwise: %#",
  (file) => {
    expect(hints("description displayName title summary labels tags owner team weight comment", file)).toEqual([
      "nothing is judged by it: write it as a comment, behind #",
    ]);
    expect(hints("advisory severity blocking informational", file)).toEqual([
      "an objective that only advises has `gating: false`",
    ]);
    expect(hints("phases", file)).toEqual(["an objective holds in one `phase`: write one objective for each"]);
  },
);

test.each([
  [
    "atMost atLeast target threshold limit max min",
    "it belongs inside the indicator: `latency`, `ratio`, `resource` or `query`",
  ],
  [
    "indicator indicators type kind sli metric",
    "the indicator is a key of its own: `latency`, `ratio`, `resource` or `query`",
  ],
  ["percentile quantile histogram", "it belongs inside `latency`"],
  ["promql expr", "it belongs inside `query`"],
  ["bad good total", "it belongs inside `ratio`"],
  ["memory cpu throttling oomKills restarts namespace container", "it belongs inside `resource`"],
  ["service", "it stands at the top of the file, or inside `resource`"],
  ["coverage", "it stands at the top of the file, for all objectives"],
])("beside an indicator: %s", (words, hint) => {
  expect(hints(words, inObjective)).toEqual([hint]);
});

test("inside an indicator, under `defaults` and in the file", () => {
  const common = "phase gating confidence burst";
  expect(hints(`name ${common}`, inIndicator)).toEqual(["it belongs to the objective: write it beside the indicator"]);
  expect(hints("coverage", inDefaults)).toEqual(["it stands at the top of the file, beside `defaults`"]);
  expect(hints(`name ${common}`, inFile)).toEqual(["it belongs to an objective, or under `defaults`"]);
  expect(hints("version", inFile)).toEqual([
    "this looks like Sloth's form: an objectives file starts with `service` and `objectives`",
  ]);
  expect(hints("apiVersion", inFile)).toEqual(["an objectives file has no version: remove it"]);
});
