import { createServer, type Server } from "node:http";
import { afterEach, expect, test } from "vitest";
import type { PlanFile, PlannedPhase } from "../../slo/core/plan-file.ts";
import { annotations } from "./annotations.ts";
import { grafana } from "./compose/grafana.ts";

const steady: PlannedPhase = {
  name: "steady",
  offset: 10,
  duration: 30,
  drain: 1,
  quiet: true,
  rate: 20,
  iterations: 600,
  maxVUs: 10,
  requests: [],
};
const plan: PlanFile = { schema: 1, profile: "average", duration: 45, phases: [steady] };

let server: Server | null = null;
afterEach(() => new Promise<void>((resolve) => (server === null ? resolve() : server.close(() => resolve()))));

/** Speaks as much of Grafana's annotations as is asked of it; Grafana itself runs where its image can be pulled. */
async function standIn(status: number): Promise<{ address: string; heard: string[] }> {
  const heard: string[] = [];
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      heard.push(`${request.method} ${request.url} ${request.headers.authorization} ${body}`);
      response.writeHead(status, { "content-type": "application/json" }).end('{"id":7,"message":"Annotation added"}');
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("the stand-in has no port");
  return { address: `http://127.0.0.1:${bound.port}`, heard };
}

test("a phase is marked as it begins, and corrected to when it really was", async () => {
  const { address, heard } = await standIn(200);
  const marks = annotations(grafana(address, "admin", "pw"), { id: "run-1", plan }, (why) => heard.push(why));
  marks.begin(steady, 1000.5);
  marks.begin(steady, 1001);
  await marks.finish([{ name: "steady", from: 1001.25, to: 1031.5, quiet: true }]);
  const says = (time: number, timeEnd: number) =>
    JSON.stringify({ time, timeEnd, text: "average: steady", tags: ["proving-ground", "run-1", "steady"] });
  const who = `Basic ${Buffer.from("admin:pw").toString("base64")}`;
  expect(heard).toEqual([
    `POST /api/annotations ${who} ${says(1_000_500, 1_030_500)}`,
    `PATCH /api/annotations/7 ${who} ${says(1_001_250, 1_031_500)}`,
  ]);
});

test("a Grafana that refuses is told of once, and nothing else happens", async () => {
  const { address } = await standIn(401);
  const told: string[] = [];
  const marks = annotations(grafana(address, "admin", "wrong"), { id: "run-1", plan }, (why) => told.push(why));
  marks.begin(steady, 1000);
  await marks.finish([{ name: "steady", from: 1001, to: 1031, quiet: true }]);
  expect(told).toEqual(["Grafana answered 401"]);
});

test("the link is the load's dashboard in the run's time", () => {
  expect(grafana("http://127.0.0.1:3000", "admin", "").link("run-1", 1000.5, 1045)).toBe(
    "http://127.0.0.1:3000/d/k6-run?var-run=run-1&from=1000500&to=1045000&refresh=5s",
  );
});
