import { expect, it } from "vitest";
import type { Project } from "../../stack/compose/project.ts";
import { costTable } from "./costs.ts";

const services = {
  api: { image: "proving-ground/api:1" },
  prometheus: { image: "prom/prometheus:v3.5.3" },
  grafana: { image: "grafana/grafana:13.2.3" },
  k6: { image: "grafana/k6:2.2.0", profiles: ["load"] },
};
const place = { folder: "/", env: {}, name: "p" };
const registry: Project = { ...place, images: "registry", config: { name: "p", services } };
const used: Project = {
  ...place,
  images: "offline",
  config: {
    name: "p",
    services: {
      ...services,
      prometheus: { image: "proving-ground/offline:1" },
      grafana: { ...services.grafana, profiles: ["grafana"] },
    },
  },
};

it("shows each service that is always there, and what the monitoring takes", () => {
  const mebibytes = (amount: number, cpu: number) => ({ memory: amount * 2 ** 20, cpu });
  const text = costTable({
    registry,
    used,
    healthy: new Map([
      ["api", 8.24],
      ["prometheus", 3],
    ]),
    rest: new Map([
      ["api", mebibytes(160, 0.01)],
      ["prometheus", mebibytes(90, 0.02)],
    ]),
    load: new Map([["api", mebibytes(180.4, 0.2504)]]),
  });
  expect(
    text,
  ).toBe(`| service | image | offline | healthy after | memory at rest | under load | CPU at rest | under load |
| --- | --- | --- | ---: | ---: | ---: | ---: | ---: |
| api | \`proving-ground/api:1\` | the same | 8.2 s | 160 MiB | 180 MiB | 0.010 | 0.250 |
| prometheus | \`prom/prometheus:v3.5.3\` | \`proving-ground/offline:1\` | 3.0 s | 90 MiB | – | 0.020 | – |
| grafana | \`grafana/grafana:13.2.3\` | left out | – | – | – | – | – |

All healthy 8.2 s after the start; monitoring at rest 90 MiB.
`);
});
