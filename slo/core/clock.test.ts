import { expect, it } from "vitest";
import { readClocks } from "./clock.ts";

it("a clock without labels and without a scrape knows no spacing and no process", () => {
  const clocks = readClocks([{ labels: {}, times: [], values: [] }], [{ labels: {}, times: [1], values: [1] }]);
  expect([...clocks.keys()]).toEqual(['["",""]']);
  expect(clocks.get('["",""]')).toMatchObject({
    job: "",
    instance: "",
    times: [],
    successes: [],
    spacing: null,
    startsUnread: false,
    ambiguous: false,
  });
});
