import { describe, expect, test } from "vitest";
import * as z from "zod";
import { type ComposeStack, describeOnStack } from "../testing/compose-stack.ts";
import { until } from "../testing/poll.ts";
import { SOURCES } from "./build/names.ts";
import { checkedIn } from "./files.ts";
import { readDashboard } from "./read/dashboard.ts";
import { grafanaImage } from "./testing/image.ts";

const image = await grafanaImage();
const dashboards = [...(await checkedIn())].map(([file, text]) => readDashboard(file, text));

/** Asks Grafana as its administrator; `open` without any name. */
type AskGrafana = (path: string, how?: "open") => Promise<{ readonly status: number; readonly body: unknown }>;

async function grafanaOf({ compose }: ComposeStack): Promise<AskGrafana> {
  await compose(["--profile", "grafana", "up", "--detach", "--wait", "grafana"]);
  const address = (await compose(["port", "grafana", "3000"])).trim();
  const password = (await compose(["exec", "-T", "grafana", "cat", "/secrets/grafana/admin-password"])).trim();
  const authorization = `Basic ${Buffer.from(`admin:${password}`).toString("base64")}`;
  return async (path, how) => {
    const headers = how === "open" ? {} : { authorization };
    const response = await fetch(`http://${address}${path}`, { headers, signal: AbortSignal.timeout(30_000) });
    return { status: response.status, body: await response.json().catch(() => null) };
  };
}

const found = z.array(z.object({ uid: z.string(), folderUid: z.string().optional() }));
const shown = z.object({
  meta: z.object({ provisioned: z.boolean() }),
  dashboard: z.object({ uid: z.string(), panels: z.array(z.unknown()) }),
});

if (image.kind === "none") {
  describe.skip(`Grafana (skipped: ${image.why})`, () => {
    test("shows every dashboard, and its data sources are healthy", () => {});
  });
} else {
  describeOnStack("Grafana", (stack) => {
    test("shows every dashboard as it is checked in, in its folder", async () => {
      const ask = await grafanaOf(stack());
      // Grafana is healthy before all that it is provisioned with can be found.
      const listed = await until("as many dashboards as there are files", 120, async () => {
        const { data = [] } = found.safeParse((await ask("/api/search?type=dash-db&limit=100")).body);
        const ours = data.filter(({ folderUid }) => folderUid === "proving-ground");
        return ours.length >= dashboards.length ? ours : null;
      });
      expect(listed.map(({ uid }) => uid).sort()).toEqual(dashboards.map(({ uid }) => uid).sort());
      for (const { uid, panels } of dashboards) {
        const { meta, dashboard } = shown.parse((await ask(`/api/dashboards/uid/${uid}`)).body);
        expect([uid, meta.provisioned, dashboard.panels.length]).toEqual([uid, true, panels.length]);
      }
      expect((await ask("/api/dashboards/home")).body).toMatchObject({ dashboard: { uid: "overview" } });
    });

    test("finds its data sources healthy", async () => {
      const ask = await grafanaOf(stack());
      for (const { uid } of Object.values(SOURCES)) {
        expect((await ask(`/api/datasources/uid/${uid}/health`)).body, uid).toMatchObject({ status: "OK" });
      }
      // Alertmanager's has no check of its own: it is asked through Grafana.
      const status = await ask("/api/datasources/proxy/uid/alertmanager/api/v2/status");
      expect(status).toMatchObject({ status: 200, body: { cluster: {} } });
    });

    test("lets nobody in without a name", async () => {
      const ask = await grafanaOf(stack());
      expect((await ask("/api/search", "open")).status).toBe(401);
      expect((await ask("/api/health", "open")).body).toMatchObject({ database: "ok" });
    });
  });
}
