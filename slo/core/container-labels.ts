import type { Matcher, ResourceSubject } from "./objective.ts";
import { unreachable } from "./unreachable.ts";

/**
 * The ways in which containers say whose they are; the first that knows the service decides. `compose`: cAdvisor beside
 * Docker, `--whitelisted_container_labels=com.docker.compose.service,com.docker.compose.project`. `container` and `pod`:
 * a kubelet's cAdvisor. `name`: a container's own name, for want of either.
 */
export const FAMILIES = ["compose", "container", "pod", "name"] as const;
export type Family = (typeof FAMILIES)[number];

type Labels = Readonly<Record<string, string>>;

export const SERVICE_LABELS: Readonly<Record<Family, string>> = {
  compose: "container_label_com_docker_compose_service",
  container: "container",
  pod: "pod",
  name: "name",
};

const COMPOSE_PROJECT = "container_label_com_docker_compose_project";
/** The sandbox of a pod, under Docker; under containerd and CRI-O it has no container label at all. */
const SANDBOX = "POD";
/** What Kubernetes makes random names of (apimachinery, util/rand): no vowels, nothing that is taken for another. */
const RANDOM = "[bcdfghjklmnpqrstvwxz2456789]";

function escaped(text: string): string {
  return text.replace(/[.+*?()|[\]{}^$\\]/g, "\\$&");
}

/** Pods of a Deployment (`api-6d4f8b7c9-x2k4j`), a DaemonSet (`api-x2k4j`), a StatefulSet (`api-0`), or alone (`api`). */
function podPattern(service: string): string {
  return `${escaped(service)}((-${RANDOM}{1,10})?-${RANDOM}{5}|-[0-9]+)?`;
}

/** A container of that name, or a numbered one. */
function namePattern(service: string): string {
  return `${escaped(service)}([-_][0-9]+)?`;
}

function anyOf(patterns: readonly string[]): string {
  return [...new Set(patterns)].join("|");
}

/** What each way asks of the labels, so that no series is asked for twice. */
export function familyMatchers(family: Family, subjects: readonly ResourceSubject[]): readonly Matcher[] {
  const label = SERVICE_LABELS[family];
  const services = subjects.map(({ service }) => service);
  const exactly = anyOf(services.map(escaped));
  switch (family) {
    case "compose":
    case "container":
      return [{ label, op: "=~", value: exactly }];
    case "pod":
      return [
        { label, op: "=~", value: anyOf(services.map(podPattern)) },
        { label: "container", op: "!~", value: `|${SANDBOX}|${exactly}` },
      ];
    case "name":
      return [
        { label, op: "=~", value: anyOf(services.map(namePattern)) },
        { label: SERVICE_LABELS.compose, op: "=", value: "" },
        { label: SERVICE_LABELS.pod, op: "=", value: "" },
      ];
  }
  return unreachable(family);
}

export function namespaceLabel(family: Family): string {
  return family === "compose" ? COMPOSE_PROJECT : "namespace";
}

export function namespaceOf(family: Family, labels: Labels): string {
  return labels[namespaceLabel(family)] ?? "";
}

/** Is the series one of the service's containers by this label? Neither a pod's sandbox nor a parent group is. */
export function familyTest(family: Family, subject: ResourceSubject): (labels: Labels) => boolean {
  const { service, namespace, container } = subject;
  const of = (value: string | undefined) => value ?? "";
  const label = SERVICE_LABELS[family];
  const pattern = new RegExp(`^(?:${family === "pod" ? podPattern(service) : namePattern(service)})$`);
  const isOf = (labels: Labels): boolean => {
    const value = of(labels[label]);
    const own = of(labels.container);
    switch (family) {
      case "compose":
      case "container":
        return container === null && value === service;
      case "pod":
        return own !== "" && own !== SANDBOX && (container === null || own === container) && pattern.test(value);
      case "name":
        return (
          container === null &&
          of(labels[SERVICE_LABELS.compose]) === "" &&
          of(labels.pod) === "" &&
          pattern.test(value)
        );
    }
    return unreachable(family);
  };
  return (labels) => isOf(labels) && (namespace === null || namespaceOf(family, labels) === namespace);
}
