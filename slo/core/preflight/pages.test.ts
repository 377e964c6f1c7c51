import { expect, it } from "vitest";
import { API, FACTS, seen } from "./fixtures/system.ts";
import { withPages } from "./pages.ts";

const read = {
  kind: "page" as const,
  page: { series: [{ metric: "queue_length", labels: { job: "own", kind: "a" } }], declared: ["failures_total"] },
};

it("labels a page's series as a scrape would, and declares what may come", () => {
  const facts = withPages({ ...FACTS, targets: [] }, [{ job: "api", instance: "api-1", read }]);
  expect(facts.series.at(-1)).toEqual(seen("queue_length", { exported_job: "own", kind: "a" }));
  expect(facts.targets).toEqual([{ ...API, state: "unscraped", interval: null }]);
  expect([...facts.declared]).toEqual(["failures_total"]);
  expect(facts.names).toEqual(["queue_length", "failures_total"]);
});

it("lets Prometheus' own samples count where it has scraped the target", () => {
  expect(withPages(FACTS, [{ job: "api", instance: "api-1", read }])).toEqual(FACTS);
});

it("takes a page over a scrape that came before the target answered", () => {
  const early = { ...FACTS, targets: [{ ...API, state: "down" as const }] };
  expect(withPages(early, [{ job: "api", instance: "api-1", read }]).targets).toEqual([
    { ...API, state: "unscraped", interval: null },
  ]);
});

it("takes a page over what Prometheus no longer scrapes, and tells why there is none", () => {
  const gone = { ...FACTS, targets: [{ ...API, state: "gone" as const }] };
  const failed = { kind: "failure" as const, text: "connection refused" };
  const { targets, ...rest } = withPages(gone, [{ job: "api", instance: "api-1", read: failed }]);
  expect(rest).toEqual({ ...FACTS, targets: undefined });
  expect(targets).toEqual([{ ...API, state: "down", why: "connection refused", interval: null }]);
});
