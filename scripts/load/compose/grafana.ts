import { z } from "zod";
import { compose, type Project } from "../../../stack/compose/project.ts";
import type { Dashboards } from "../load-stack.ts";

/** The dashboard that shows a load (stack/grafana/boards/k6.ts). */
const BOARD = "k6-run";
const PASSWORD = "/secrets/grafana/admin-password";
/** Milliseconds: nobody waits longer for a courtesy. */
const WITHIN = 3_000;

/** Grafana of the project, with its own password from its own volume; null where it has none that answers. */
export async function grafanaOf(project: Project, address: string | undefined): Promise<Dashboards | null> {
  if (address === undefined) return null;
  const end = await compose(project, ["exec", "--no-TTY", "grafana", "cat", PASSWORD], { within: 10_000 }).catch(
    () => null,
  );
  if (end === null || end.code !== 0) return null;
  const user = project.config.services.grafana?.environment?.GF_SECURITY_ADMIN_USER ?? "admin";
  return grafana(address, user, end.stdout.trim());
}

const answer = z.object({ id: z.number() });

/** Grafana's annotations by its HTTP API (POST and PATCH /api/annotations). */
export function grafana(address: string, user: string, password: string): Dashboards {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  return {
    link: (run, from, to) => {
      const range = `from=${Math.round(from * 1000)}&to=${Math.round(to * 1000)}`;
      return `${address}/d/${BOARD}?var-run=${encodeURIComponent(run)}&${range}&refresh=5s`;
    },
    mark: async ({ from, to, text, tags }, id) => {
      const body = { time: Math.round(from * 1000), timeEnd: Math.round(to * 1000), text, tags };
      const response = await fetch(`${address}/api/annotations${id === null ? "" : `/${id}`}`, {
        method: id === null ? "POST" : "PATCH",
        headers: { authorization, "content-type": "application/json" },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(WITHIN),
      });
      if (!response.ok) throw new Error(`Grafana answered ${response.status}`);
      return id ?? answer.parse(await response.json()).id;
    },
  };
}
