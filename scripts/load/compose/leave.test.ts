import { expect, test } from "vitest";
import type { Container } from "../../../stack/compose/containers.ts";
import { demandAddresses, demandNoOtherLoad } from "./demands.ts";
import { foundAs } from "./leave.ts";

const container = (Service: string, State: string): Container => ({
  ID: "1",
  Name: `pg-${Service}-1`,
  Service,
  State,
  Health: "",
  ExitCode: 0,
  Publishers: [],
});

test("how a project was found", () => {
  expect(foundAs([])).toBe("absent");
  expect(foundAs([container("init", "exited"), container("api", "exited")])).toBe("ended");
  expect(foundAs([container("init", "exited"), container("api", "running")])).toBe("running");
  expect(foundAs([container("api", "restarting")])).toBe("running");
});

test("a load that is under way is no place for another", () => {
  expect(() => demandNoOtherLoad([container("api", "running"), container("k6", "running")])).toThrow(
    "A load is under way on this stack already (container pg-k6-1).",
  );
  demandNoOtherLoad([container("api", "running"), container("k6", "exited")]);
});

test("the API is where the load balancer is", () => {
  const published = { nginx: "http://127.0.0.1:8088", prometheus: "http://127.0.0.1:9090" };
  expect(demandAddresses({ ...published, grafana: "http://127.0.0.1:3000" })).toEqual({
    api: "http://127.0.0.1:8088",
    prometheus: "http://127.0.0.1:9090",
    grafana: "http://127.0.0.1:3000",
  });
  expect(() => demandAddresses({ prometheus: "http://127.0.0.1:9090" })).toThrow(
    "nginx and Prometheus publish no port.",
  );
});
