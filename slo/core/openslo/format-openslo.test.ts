import { expect, test } from "vitest";
import { GOOD } from "../file/fixtures/good.ts";
import { parseObjectives } from "../file/parse-objectives.ts";
import { formatOpenSlo } from "./format-openslo.ts";

test("the good file, as OpenSLO", async () => {
  const parsed = parseObjectives(GOOD, "objectives.yaml");
  if (parsed.kind === "problems") throw new Error("the good file has problems");
  await expect(formatOpenSlo(parsed.value)).toMatchFileSnapshot("fixtures/written.txt");
});
