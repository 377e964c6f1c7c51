import { describe, expect, it } from "vitest";
import { FAMILIES, type Family, familyMatchers, familyTest } from "./container-labels.ts";
import type { ResourceSubject } from "./objective.ts";

type Labels = Readonly<Record<string, string>>;

const API: ResourceSubject = { service: "api", namespace: null, container: null };
const IN_LIVE = { ...API, namespace: "live" };
const APP = { ...API, container: "app" };
const COMPOSE = {
  container_label_com_docker_compose_service: "api",
  container_label_com_docker_compose_project: "shop",
};
const OWN = { container: "api", pod: "web-0", namespace: "live" };
const POD = { container: "app", pod: "api-6d4f8b7c9-x2k4j", namespace: "live" };

describe("whose a container is", () => {
  it.each<[string, Family, Labels, ResourceSubject, boolean]>([
    ["a Compose service's", "compose", COMPOSE, API, true],
    ["another's", "compose", { container_label_com_docker_compose_service: "api2" }, API, false],
    ["nobody's", "compose", {}, API, false],
    ["a Compose service's, of another project", "compose", COMPOSE, IN_LIVE, false],
    ["a Compose service's, of this project", "compose", COMPOSE, { ...API, namespace: "shop" }, true],
    ["no container of a pod, under Compose", "compose", COMPOSE, APP, false],
    ["a container's of that name", "container", OWN, API, true],
    ["a container's of that name, in this namespace", "container", OWN, IN_LIVE, true],
    ["a container's of that name, in another", "container", { ...OWN, namespace: "test" }, IN_LIVE, false],
    ["a container's of that name, where one of its pod is meant", "container", OWN, APP, false],
    ["a pod's container's", "pod", POD, API, true],
    ["the pod's container's that is meant", "pod", POD, APP, true],
    ["another container's of that pod", "pod", { ...POD, container: "proxy" }, APP, false],
    ["a pod's sandbox, under Docker", "pod", { ...POD, container: "POD" }, API, false],
    ["a pod's sandbox, under containerd", "pod", { ...POD, container: "" }, API, false],
    ["a pod's group", "pod", { pod: POD.pod, namespace: "live" }, API, false],
    ["a numbered pod's, by _", "pod", { ...POD, pod: "api_1" }, API, false],
    ["a container's by its own name", "name", { name: "api" }, API, true],
    ["a numbered one's", "name", { name: "api-2" }, API, true],
    ["a numbered one's, by _", "name", { name: "api_2" }, API, true],
    ["one's that is named as a pod is", "name", { name: "api-x2k4j" }, API, false],
    ["one's that Compose knows by another name", "name", { ...COMPOSE, name: "api" }, API, false],
    ["one's that is a pod's", "name", { name: "api", pod: "web-0" }, API, false],
    ["one's, where one of a pod is meant", "name", { name: "api" }, APP, false],
    ["one's, in no namespace", "name", { name: "api" }, IN_LIVE, false],
  ])("%s", (_, family, labels, subject, mine) => {
    expect(familyTest(family, subject)(labels)).toBe(mine);
  });
});

it("what is asked of the labels admits these services, and leaves out what another way tells already", () => {
  const random = "[bcdfghjklmnpqrstvwxz2456789]";
  const asked = FAMILIES.map((family) =>
    familyMatchers(family, [API, { ...API, service: "we.b" }, IN_LIVE]).map(
      ({ label, op, value }) => label + op + value,
    ),
  );
  expect(asked).toEqual([
    ["container_label_com_docker_compose_service=~api|we\\.b"],
    ["container=~api|we\\.b"],
    [
      `pod=~api((-${random}{1,10})?-${random}{5}|-[0-9]+)?|we\\.b((-${random}{1,10})?-${random}{5}|-[0-9]+)?`,
      "container!~|POD|api|we\\.b",
    ],
    ["name=~api([-_][0-9]+)?|we\\.b([-_][0-9]+)?", "container_label_com_docker_compose_service=", "pod="],
  ]);
});
