import { expect, it } from "vitest";
import { errors, fileOf, latency, resource, selector } from "../fixtures/scene.ts";
import { FACTS } from "./fixtures/system.ts";
import { namesWanted } from "./missing.ts";

const job = (value: string) => [{ label: "job", op: "=", value }];

it("wants names only where nothing of a metric is there, once for each set of targets", () => {
  expect(namesWanted(fileOf(latency(), errors(), resource()), FACTS.series)).toEqual([]);
  const lost = ["a", "b"].map((name) =>
    latency({ name, histogram: selector(`${name}_seconds{job="api",x="${name}"}`) }),
  );
  const other = latency({ histogram: selector('c_seconds{job="worker"}') });
  expect(namesWanted(fileOf(...lost, other), FACTS.series)).toEqual([job("api"), job("worker")]);
});
