import { describe, expect, it } from "vitest";
import { resource } from "../fixtures/scene.ts";
import { amiss, histogram, type Scene, steady, target } from "./fixtures/amiss.ts";
import { API, FACTS, seen } from "./fixtures/system.ts";

describe("targets and scrapes", () => {
  it.each<[string, Scene, string[]]>([
    [
      "a target that is down",
      { facts: target({ state: "down" }) },
      [
        "problem 3 targets: every target in use is scraped, and `up`; down: api api-1; start it, or see its error on Prometheus' page /targets",
      ],
    ],
    [
      "one that is down, without a series, and why",
      { facts: { ...target({ state: "down", why: "connection refused" }), series: [] } },
      [
        "problem 3 targets: every target in use is scraped, and `up`; down: api api-1 (connection refused); start it, or see its error on Prometheus' page /targets",
      ],
    ],
    [
      "many that are down, some without a name",
      {
        facts: {
          targets: [
            ...[1, 2, 3, 4, 5, 6, 7, 8].map((one) => ({
              ...API,
              state: "down" as const,
              labels: { job: "api", instance: `api-${one}` },
            })),
            { ...API, state: "gone" as const, labels: {} },
          ],
        },
      },
      [
        "problem 3 targets: every target in use is scraped, and `up`; down: api api-1, api api-2, api api-3, api api-4, api api-5, api api-6 and 2 more; start it, or see its error on Prometheus' page /targets",
      ],
    ],
    [
      "one without a name that is no longer scraped",
      { facts: { targets: [{ ...API, state: "gone", labels: {} }], series: [] } },
      [
        "problem 3 targets: every target in use is scraped, and `up`; a target without job and instance: no longer scraped; see Prometheus' own page /targets",
      ],
    ],
    [
      "one that is no longer scraped",
      { facts: target({ state: "gone" }) },
      [
        "problem 3 targets: every target in use is scraped, and `up`; api api-1: no longer scraped; see Prometheus' own page /targets",
      ],
    ],
    [
      "one that is gone beside one that is up",
      { facts: { targets: [{ ...API, state: "gone", labels: { job: "api", instance: "api-0" } }, API] } },
      [],
    ],
    [
      "series without an `up`",
      { facts: target({ labels: { job: "other", instance: "" } }) },
      [
        "problem 3 targets: an `up` series with the job and instance of what is judged; its series have none, so a pass is not possible; pushed or federated series cannot be told from missed ones: let Prometheus scrape the service itself",
      ],
    ],
    [
      "nothing scraped at all",
      { facts: { targets: [], series: [] } },
      [
        "unknown 0 targets: targets that Prometheus scrapes; it has scraped none in the last 5 minutes; Prometheus may just have started: try again in some seconds",
      ],
    ],
    [
      "a misspelt job",
      { objective: histogram('http_request_duration_seconds{job="apu"}') },
      [
        'problem 2 targets: a target that http_request_duration_seconds{job="apu"} does not exclude; no target has job="apu"; there is api; did you mean job="api"?',
      ],
    ],
    [
      "a job of another name",
      { objective: histogram('http_request_duration_seconds{job="billing"}') },
      [
        'problem 3 targets: a target that http_request_duration_seconds{job="billing"} does not exclude; no target has job="billing"; there is api; let Prometheus scrape it, or mend the matcher',
      ],
    ],
    [
      "a pattern of jobs",
      { objective: histogram('http_request_duration_seconds{job=~"bill.*"}') },
      [
        'problem 3 targets: a target that http_request_duration_seconds{job=~"bill.*"} does not exclude; no target has job=~"bill.*"; there is api; let Prometheus scrape it, or mend the matcher',
      ],
    ],
    [
      "a job that is yet to be scraped",
      { objective: histogram('http_request_duration_seconds{job="billing"}'), facts: target({ state: "unscraped" }) },
      [
        'unknown 0 targets: a target that http_request_duration_seconds{job="billing"} does not exclude; no target has job="billing"; there is api yet; Prometheus has not scraped anything yet',
      ],
    ],
    [
      "a pattern of jobs like the one there is",
      { objective: histogram('http_request_duration_seconds{job=~"apu"}') },
      [
        'problem 3 targets: a target that http_request_duration_seconds{job=~"apu"} does not exclude; no target has job=~"apu"; there is api; did you mean job="api"? Or let Prometheus scrape it, or mend the matcher',
      ],
    ],
    [
      "a job of another name, where nothing but a page of its own was seen",
      {
        objective: histogram('http_request_duration_seconds{job="billing"}'),
        facts: target({ state: "down", why: "connection refused" }),
      },
      [
        'unknown 0 targets: a target that http_request_duration_seconds{job="billing"} does not exclude; no target has job="billing"; there is api yet; Prometheus has not scraped anything yet',
      ],
    ],
    [
      "a label of targets that has another value, with series at them",
      {
        objective: histogram('http_request_duration_seconds{zone="west"}'),
        facts: { targets: [{ ...API, labels: { ...API.labels, zone: "east" } }] },
      },
      [
        "problem 2 labels: http_request_duration_seconds has the label zone; it has no zone, but instance, job, le, method and status_code; see its spelling",
        'problem 3 targets: a target that http_request_duration_seconds{zone="west"} does not exclude; no target has zone="west"; there is east; let Prometheus scrape it, or mend the matcher',
      ],
    ],
    [
      "a job that is down, whose series the selector does not count",
      {
        objective: histogram('http_request_duration_seconds{method="GET"}'),
        facts: {
          series: [
            ...FACTS.series,
            seen("http_request_duration_seconds_bucket", { job: "b", method: "PUT", le: "0.3" }),
          ],
          targets: [API, { ...API, state: "down", labels: { job: "b", instance: "b-1" } }],
        },
      },
      [],
    ],
    [
      "a target that is down, and what is wrong besides",
      { objective: histogram('http_request_duration_seconds{metod="GET"}'), facts: target({ state: "down" }) },
      [
        "problem 2 labels: http_request_duration_seconds has the label metod; it has no metod, but instance, job, le, method and status_code; did you mean method?",
        "problem 3 targets: every target in use is scraped, and `up`; down: api api-1; start it, or see its error on Prometheus' page /targets",
      ],
    ],
    [
      "labels that no target has together",
      {
        objective: histogram('http_request_duration_seconds{job="api",instance="b-1"}'),
        facts: { targets: [API, { ...API, labels: { job: "b", instance: "b-1" } }] },
      },
      [
        'problem 3 targets: a target that http_request_duration_seconds{instance="b-1",job="api"} does not exclude; Prometheus scrapes none with these labels; see Prometheus\' own page /targets',
      ],
    ],
    [
      "scrapes too rare for the phase, in pauses too short for them",
      { facts: target({ interval: 15 }), plan: steady({ duration: 29 }) },
      [
        "problem 3 scrapes: at least 5 scrapes in steady; a scrape every 15 s: 1 scrape in steady (29 s); scrape every 5.8 s or more often, or make steady at least 75 s long",
      ],
    ],
    [
      "few scrapes",
      { facts: target({ interval: 10 }) },
      [
        "unknown 0 scrapes: at least 5 scrapes in steady; a scrape every 10 s: 3 scrapes in steady (30 s); scrape every 6 s or more often: what happens between scrapes is not seen",
      ],
    ],
    [
      "rare scrapes in long pauses: counts are exact, gauges are not",
      { facts: target({ interval: 16 }), plan: steady({ offset: 50 }) },
      [
        "unknown 0 scrapes: at least 5 scrapes in steady; a scrape every 16 s: 1 scrape in steady (30 s); scrape every 6 s or more often, or make steady at least 80 s long",
      ],
    ],
    [
      "rare scrapes of a gauge",
      { objective: resource(), facts: target({ interval: 16 }), plan: steady({ offset: 50 }) },
      [
        "problem 3 scrapes: at least 5 scrapes in steady; a scrape every 16 s: 1 scrape in steady (30 s); scrape every 6 s or more often, or make steady at least 80 s long",
      ],
    ],
    [
      "a pause too short for two scrapes",
      { facts: target({ interval: 2 }) },
      [
        "unknown 0 scrapes: 2 scrapes in each pause around steady; a scrape every 2 s, a pause of 3 s; pause at least 4 s after the drain, or scrape more often: else the scrapes that cross its edges count in part",
      ],
    ],
    ["the same where nothing is said to pause", { facts: target({ interval: 2 }), plan: steady({ quiet: false }) }, []],
    ["no plan to hold it against", { facts: target({ interval: 600 }), plan: null }, []],
  ])("%s", (_name, scene, lines) => {
    expect(amiss(scene)).toEqual(lines);
  });
});
