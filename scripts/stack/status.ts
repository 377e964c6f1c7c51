import { addressesOf, type Container, isWell } from "../../stack/compose/containers.ts";

/** What the user reaches, and by which name they know it. */
const PAGES: Readonly<Record<string, string>> = {
  nginx: "Task API",
  grafana: "Grafana",
  prometheus: "Prometheus",
  alertmanager: "Alertmanager",
};

/** `Grafana  http://127.0.0.1:3000` a line, of what publishes a port; then where Grafana's password is. */
export function addressText(containers: readonly Container[], projectName: string): string {
  const addresses = addressesOf(containers);
  const lines = Object.entries(PAGES).flatMap(([service, name]) => {
    const address = addresses[service];
    return address === undefined ? [] : [`${name.padEnd(13)} ${address}`];
  });
  const show = (path: string, service: string) => `docker compose -p ${projectName} exec ${service} cat ${path}`;
  const secrets = [
    ...(addresses.grafana === undefined
      ? []
      : ["Grafana's user is admin; its password:", `  ${show("/secrets/grafana/admin-password", "grafana")}`]),
    ...(addresses.nginx === undefined ? [] : ["The API's bearer token:", `  ${show("/secrets/api/token", "api")}`]),
  ];
  return [...lines, ...secrets, ""].join("\n");
}

/** A line for each container: service, state, memory, address. */
export function statusText(containers: readonly Container[], memory: ReadonlyMap<string, string>): string {
  const rows = containers.map((one): readonly string[] => [
    one.Name,
    one.Service,
    stateText(one),
    memory.get(one.Name) ?? "",
    addressesOf([one])[one.Service] ?? "",
  ]);
  const table = [["container", "service", "state", "memory", "address"], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return `${lines.join("\n")}\n`;
}

function stateText(one: Container): string {
  if (one.State === "exited") return one.ExitCode === 0 ? "done" : `ended with exit code ${one.ExitCode}`;
  return one.Health === "" ? one.State : `${one.State}, ${one.Health}`;
}

/** What is not as it should be, in one sentence; null where all is well. One-shot services are done, and that is well. */
export function troubleIn(containers: readonly Container[]): string | null {
  if (containers.length === 0) return "The stack is not up.";
  const ill = containers.filter((one) => !isWell(one) && !(one.State === "exited" && one.ExitCode === 0));
  if (ill.length > 0) return `Not well: ${ill.map((one) => `${one.Service} (${stateText(one)})`).join(", ")}.`;
  return containers.some(isWell) ? null : "The stack is not up: all of its containers have ended.";
}
