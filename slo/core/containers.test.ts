import { describe, expect, it } from "vitest";
import { readAnswers } from "./answers.ts";
import { FAMILIES, type Family } from "./container-labels.ts";
import { containerRequest } from "./container-plan.ts";
import { ambiguity, type FoundContainers, findContainers, shownSelector } from "./containers.ts";
import type { ResourceSubject } from "./objective.ts";

type Labels = Readonly<Record<string, string>>;

const API: ResourceSubject = { service: "api", namespace: null, container: null };
const COMPOSE = {
  container_label_com_docker_compose_service: "api",
  container_label_com_docker_compose_project: "shop",
  name: "shop-api-1",
  id: "/docker/1",
};
const POD = { namespace: "live", pod: "api-0", container: "app", id: "/kubepods/1", name: "f00" };

/** Series of these labels, as all that any of the requests found. */
function found(...all: readonly Labels[]): FoundContainers | null {
  const result = all.map((labels) => ({ labels: { __name__: "used", ...labels }, times: [1], values: [1] }));
  const ranges = FAMILIES.map((family) => ({
    kind: "answer" as const,
    request: { metric: containerRequest(family), selector: "", from: 0, to: 1 },
    result,
  }));
  return findContainers(readAnswers({ ranges, instants: [] }), API);
}

describe("a container", () => {
  it.each<[string, Labels, object]>([
    ["of Compose", COMPOSE, { name: "shop-api-1", namespace: "shop", container: "", idIsLife: false }],
    ["of Compose without a name", { ...COMPOSE, name: "" }, { name: "/docker/1", namespace: "shop" }],
    ["of a pod", POD, { name: "api-0/app", namespace: "live", container: "app", idIsLife: true }],
    ["of a pod, named as the service", { ...POD, container: "api" }, { name: "api-0", container: "api" }],
    ["of a pod, whose ids were dropped", { ...POD, id: "" }, { idIsLife: false }],
    ["of no pod, with neither name nor id", { container: "api" }, { name: "api", idIsLife: false }],
    ["of no pod, with a name of its own", { container: "api", name: "task-1" }, { name: "task-1", container: "api" }],
    ["of its own name", { name: "api-2", id: "/docker/2" }, { name: "api-2", namespace: "", idIsLife: false }],
  ])("%s", (_, labels, expected) => {
    expect(found(labels)?.containers).toMatchObject([expected]);
  });

  it("is one, found by several requests, through all its lives", () => {
    const containers = found(POD, { ...POD, id: "/kubepods/2", name: "f01" })?.containers;
    expect(containers?.map(({ series }) => series.length)).toEqual([2]);
    expect(found(POD, { ...POD, pod: "api-1" })?.containers).toHaveLength(2);
    expect(found({ name: "web" })).toBeNull();
  });
});

describe("containers cannot all be meant", () => {
  const text = (...all: readonly Labels[]) => {
    const known = found(...all);
    return known === null ? null : ambiguity(API, known);
  };

  it.each<[string, readonly Labels[], string | null]>([
    ["but those of one project can", [COMPOSE, { ...COMPOSE, name: "shop-api-2" }], null],
    [
      "of two projects",
      [COMPOSE, { ...COMPOSE, container_label_com_docker_compose_project: "other", name: "other-api-1" }],
      '"api" is in the Compose projects other, shop (write "namespace: …")',
    ],
    [
      "of two namespaces",
      [POD, { ...POD, namespace: "test" }],
      '"api" is in the namespaces live, test (write "namespace: …")',
    ],
    [
      "of two kinds in the service's pods",
      [POD, { ...POD, container: "proxy" }],
      'the pods of "api" hold the containers app, proxy (write "container: …")',
    ],
    ["but those of one kind in two pods can", [POD, { ...POD, pod: "api-1" }], null],
    [
      "but those named as the service can",
      [
        { ...POD, container: "api" },
        { ...POD, container: "api", pod: "b" },
      ],
      null,
    ],
  ])("%s", (_, all, expected) => {
    expect(text(...all)).toBe(expected);
  });
});

it.each<[Family, Partial<ResourceSubject>, string]>([
  ["compose", {}, 'used{container_label_com_docker_compose_service="api"}'],
  [
    "compose",
    { namespace: "shop" },
    'used{container_label_com_docker_compose_service="api",container_label_com_docker_compose_project="shop"}',
  ],
  ["container", {}, 'used{container="api"}'],
  ["pod", { namespace: "live", container: "app" }, 'used{pod=~"api.*",namespace="live",container="app"}'],
  ["name", {}, 'used{name=~"api.*"}'],
])("is shown as asked by %s, %j", (family, subject, shown) => {
  expect(shownSelector("used", { ...API, ...subject }, family)).toBe(shown);
});
