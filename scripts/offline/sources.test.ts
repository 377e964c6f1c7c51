import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { TOOLS } from "../tools/table.ts";
import { CADVISOR_VERSION, IMAGES, NODE } from "./sources.ts";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

test("Node is one version everywhere: the project's, the image's and that of both machines", () => {
  const { dependencies } = JSON.parse(read("package.json")) as { dependencies: Record<string, string> };
  const base = /^ARG BASE_IMAGE=node:([\d.]+)-/m.exec(read("api/Dockerfile"))?.[1];
  expect([NODE.x64.version, NODE.arm64.version, base]).toEqual(Array(3).fill(dependencies.node));
});

test("cAdvisor and k6 are the versions that are built", () => {
  expect(read("stack/offline/cadvisor/go.mod")).toContain(`github.com/google/cadvisor ${CADVISOR_VERSION}\n`);
  expect(IMAGES.k6).toBe(`proving-ground/k6:${TOOLS.k6.version}`);
});

test("the override takes no image but these, and each service but Grafana is in it", () => {
  const services = (path: string) => parse(read(path), { merge: true }).services as Record<string, { image?: string }>;
  const offline = services("stack/offline/compose.yaml");
  const images = Object.values(offline).flatMap(({ image }) => (image === undefined ? [] : [image]));
  expect([...new Set(images)].sort()).toEqual([IMAGES.cadvisor, IMAGES.k6, IMAGES.base].sort());
  const all = services("docker-compose.yml");
  expect(Object.keys(offline)).toEqual(expect.arrayContaining(Object.keys(all)));
  const own = Object.entries(all).flatMap(([name, { image }]) => (image === IMAGES.api ? [name] : []));
  expect(own).toEqual(["migrate", "api"]);
});
