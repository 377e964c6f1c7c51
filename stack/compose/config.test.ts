import { expect, test } from "vitest";
import { neededImages } from "./images.ts";
import { publishedPorts } from "./ports.ts";
import { composeArgs } from "./project.ts";

const config = {
  name: "proving-ground",
  services: {
    api: { image: "proving-ground/api:1", build: { args: { BASE_IMAGE: "node:24" } } },
    nginx: { image: "nginx:1", ports: [{ host_ip: "127.0.0.1", published: 8088, target: 8080 }] },
    grafana: { image: "grafana:1", ports: [{ target: 3000 }] },
    "alert-log": { image: "node:24" },
  },
};

test("what is built needs its base only; every image once", () => {
  expect(neededImages(config)).toEqual(["grafana:1", "nginx:1", "node:24"]);
});

test("ports that are published on this machine", () => {
  expect(publishedPorts(config)).toEqual([{ service: "nginx", host: "127.0.0.1", port: 8088 }]);
});

test("the user's own files count, unless the offline images are used", () => {
  const place = { folder: "/home/me/pg", env: {} };
  expect(composeArgs({ ...place, images: "registry" }, ["ps"])).toEqual(["compose", "--progress", "plain", "ps"]);
  expect(composeArgs({ ...place, images: "offline" }, ["ps"])).toEqual([
    ...["compose", "--progress", "plain"],
    ...["-f", "/home/me/pg/docker-compose.yml", "-f", "/home/me/pg/stack/offline/compose.yaml", "ps"],
  ]);
});
