import { expect, test } from "vitest";
import { addressesOf, isWell, parseContainers } from "./containers.ts";

const one = {
  ID: "f6a27d8df50c",
  Name: "pg-nginx-1",
  Service: "nginx",
  State: "running",
  Health: "healthy",
  ExitCode: 0,
  Publishers: [{ URL: "127.0.0.1", TargetPort: 8080, PublishedPort: 8088, Protocol: "tcp" }],
};
const done = { ...one, Name: "pg-init-1", Service: "init", State: "exited", Health: "", Publishers: null };

test("a line each, or one array as older versions write: the same", () => {
  const lines = `${JSON.stringify(one)}\n${JSON.stringify(done)}\n`;
  expect(parseContainers(lines)).toEqual(parseContainers(JSON.stringify([one, done])));
  expect(parseContainers(lines).map(({ Name }) => Name)).toEqual(["pg-init-1", "pg-nginx-1"]);
  expect(parseContainers("")).toEqual([]);
  expect(parseContainers("[]")).toEqual([]);
});

test("sorted as people count", () => {
  const text = [10, 2, 1].map((number) => JSON.stringify({ ...one, Name: `pg-api-${number}` })).join("\n");
  expect(parseContainers(text).map(({ Name }) => Name)).toEqual(["pg-api-1", "pg-api-2", "pg-api-10"]);
});

test.each([
  [{}, true],
  [{ Health: "" }, true],
  [{ Health: "starting" }, false],
  [{ Health: "unhealthy" }, false],
  [{ State: "restarting", Health: "" }, false],
  [{ State: "exited", Health: "" }, false],
])("%j is well: %s", (change, well) => {
  expect(isWell({ ...one, ...change })).toBe(well);
});

test("an address by service, where a port is published", () => {
  const at = (URL: string) => addressesOf([{ ...one, Publishers: [{ URL, TargetPort: 8080, PublishedPort: 8088 }] }]);
  expect(at("127.0.0.1")).toEqual({ nginx: "http://127.0.0.1:8088" });
  expect(at("0.0.0.0")).toEqual({ nginx: "http://127.0.0.1:8088" });
  expect(at("::1")).toEqual({ nginx: "http://[::1]:8088" });
  expect(addressesOf([{ ...one, Publishers: [{ URL: "", TargetPort: 8080, PublishedPort: 0 }] }, done])).toEqual({});
});
