import { describe, expect, it } from "vitest";
import { containerClocks, containerRequests } from "./container-plan.ts";
import { planFetch } from "./fetch-plan.ts";
import { events, fileOf, resource, STEADY } from "./fixtures/scene.ts";

describe("what is asked of containers", () => {
  it("is one request a label, however many services, metrics and phases there are", () => {
    const soak = { ...STEADY, name: "soak", from: 2000, to: 2060 };
    const wants = [
      { objective: resource(), phase: STEADY },
      { objective: events({ service: "we.b", resource: "throttling" }), phase: soak },
    ];
    const requests = containerRequests(wants, 10);
    expect(requests.map(({ from, to }) => [from, to])).toEqual(Array(4).fill([930, 2130]));
    expect(requests[0]?.selector).toMatch(/,container_label_com_docker_compose_service=~"api\|we\\\\\.b"\}$/);
    expect(containerRequests([], 10)).toEqual([]);
  });

  it("shows by the CPU's own times when each container was looked at last", () => {
    const plan = planFetch(fileOf(resource()), [STEADY], { marginSeconds: 10 });
    const clocks = containerClocks(plan);
    expect(clocks).toHaveLength(4);
    expect(clocks[0]).toBe('container_cpu_usage_seconds_total{container_label_com_docker_compose_service=~"api"}');
    expect(clocks[1]).toBe('container_cpu_usage_seconds_total{container=~"api"}');
  });
});
