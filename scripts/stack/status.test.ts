import { describe, expect, test } from "vitest";
import type { Container } from "../../stack/compose/containers.ts";
import { addressText, statusText, troubleIn } from "./status.ts";

const nginx: Container = {
  ID: "1",
  Name: "pg-nginx-1",
  Service: "nginx",
  State: "running",
  Health: "healthy",
  ExitCode: 0,
  Publishers: [{ URL: "127.0.0.1", TargetPort: 8080, PublishedPort: 8088 }],
};
const init: Container = { ...nginx, Name: "pg-init-1", Service: "init", State: "exited", Health: "", Publishers: [] };
const grafana: Container = {
  ...nginx,
  Name: "pg-grafana-1",
  Service: "grafana",
  Publishers: [{ URL: "127.0.0.1", TargetPort: 3000, PublishedPort: 3000 }],
};

test("a line for each container", () => {
  expect(statusText([init, nginx], new Map([["pg-nginx-1", "6.7MiB / 128MiB"]]))).toBe(
    [
      "container   service  state             memory           address",
      "pg-init-1   init     done",
      "pg-nginx-1  nginx    running, healthy  6.7MiB / 128MiB  http://127.0.0.1:8088",
      "",
    ].join("\n"),
  );
});

test("addresses, and where the secrets are", () => {
  expect(addressText([nginx, grafana], "pg")).toBe(
    [
      "Task API      http://127.0.0.1:8088",
      "Grafana       http://127.0.0.1:3000",
      "Grafana's user is admin; its password:",
      "  docker compose -p pg exec grafana cat /secrets/grafana/admin-password",
      "The API's bearer token:",
      "  docker compose -p pg exec api cat /secrets/api/token",
      "",
    ].join("\n"),
  );
});

describe("all is well where every service is, and one-shot ones are done", () => {
  test.each<[string, readonly Container[], string | null]>([
    ["all well", [init, nginx], null],
    ["nothing there", [], "The stack is not up."],
    [
      "all ended",
      [init, { ...nginx, State: "exited", Health: "" }],
      "The stack is not up: all of its containers have ended.",
    ],
    ["one sick", [init, { ...nginx, Health: "unhealthy" }], "Not well: nginx (running, unhealthy)."],
    ["a one-shot service failed", [{ ...init, ExitCode: 1 }, nginx], "Not well: init (ended with exit code 1)."],
  ])("%s", (_what, containers, trouble) => {
    expect(troubleIn(containers)).toBe(trouble);
  });
});
