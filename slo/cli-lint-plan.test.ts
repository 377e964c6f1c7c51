import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sloFolder } from "./testing/cli.ts";

let folder: Awaited<ReturnType<typeof sloFolder>>;
beforeAll(async () => {
  folder = await sloFolder();
});
afterAll(() => folder.remove());
const slo: typeof folder.slo = (...line) => folder.slo(...line);

describe("slo lint", () => {
  it("says what a good file holds", async () => {
    expect(await slo("lint good.yaml")).toEqual({
      code: 0,
      stdout: "good.yaml: 2 objectives for task-api, all well written\n",
      stderr: "",
    });
  });

  it("tells scripts what they need", async () => {
    const { code, stdout } = await slo("lint good.yaml --format json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      service: "task-api",
      objectives: [
        { name: "read-latency", indicator: "latency", gating: true, phase: "steady" },
        { name: "queue", indicator: "query", gating: false, phase: "steady" },
      ],
      edges: { http_request_duration_seconds: [0.3] },
    });
  });

  it("shows every mistake in its place, and the good files none the less", async () => {
    const { code, stdout, stderr } = await slo("lint wrong.yaml good.yaml empty.yaml");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "good.yaml: 2 objectives for task-api, all well written\n" });
    expect(stderr).toMatch(/^wrong\.yaml:4:\d+: error: .*`atmost`/);
    expect(stderr).toMatch(/slo: wrong\.yaml has \d mistakes?\n/);
    expect(stderr).toContain("slo: empty.yaml has 1 mistake\n");
    expect(stderr).not.toMatch(/ at .*\.ts/);
  });
});

describe("slo plan", () => {
  it("says that a load suffices", async () => {
    expect(await slo("plan good.yaml --plan plan.json")).toEqual({
      code: 0,
      stderr: "",
      stdout: `  steady: 1000 requests in 30 s, 33 iterations a second

  ✓ read-latency      phase, requests: ok
  ✓ queue (advisory)  phase: ok

SUFFICES  profile average can prove every gating objective
`,
    });
  });

  it("says that it does not, and what would", async () => {
    const { code, stdout } = await slo("plan strict.yaml --plan plan.json");
    expect(code).toBe(3);
    expect(stdout).toContain(`  ✗ read-latency      phase: ok
      at        strict.yaml:3:5
    ✗ requests
      expected  2995 without a bad one, to prove at most 0.1 % at 95 % confidence
      actual    1000 requests planned in steady
      do        make steady at least 90 s long instead of 30 s, or raise the rate
`);
    expect(stdout.split("\n").at(-2)).toBe("CANNOT PROVE  profile average cannot prove: read-latency");
  });

  it("refuses a phase that the profile has not, be the objective gating or not", async () => {
    const { code, stdout } = await slo("plan peak.yaml --plan plan.json");
    expect(code).toBe(2);
    expect(stdout).toContain(`      at        peak.yaml:5:5
    ✗ phase
      expected  profile average has one phase peak
      actual    it has none of that name
      do        its phases: steady
`);
    expect(stdout.split("\n").at(-2)).toBe("WRONG  mend what is written first: queue");
  });

  it("tells scripts the same", async () => {
    const { code, stdout } = await slo("plan strict.yaml --plan plan.json --format json");
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 1,
      exitCode: 3,
      service: "task-api",
      profile: "average",
      prometheus: null,
      checks: [
        { check: "phase", objective: "read-latency", verdict: "ok", exitCode: 0 },
        { check: "requests", objective: "read-latency", verdict: "problem", exitCode: 3 },
        { check: "phase", objective: "queue", verdict: "ok", exitCode: 0 },
      ],
    });
  });
});
