// Run by store.integration.test.ts in several processes at once: brings a made-up Prometheus under the tool's lock.
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { withLock } from "../../lib/lock.mjs";
import { BRINGS, bring } from "../ensure.ts";
import { TOOLS } from "../table.ts";
import type { Bring } from "../way.ts";
import { inWorkshop } from "../workshop.ts";
import { script } from "./script.ts";

const slowly: Bring = async ({ name }, { scratch }) => {
  const file = script(join(scratch, "half", name), "prometheus, version 3.16.0 (x)");
  if (process.env.DIE_HALF_WAY) process.kill(process.pid, "SIGKILL");
  // Long enough for the others to find the lock taken.
  await wait(500);
  return { kind: "brought", file, why: "made up" };
};

const outcome = await inWorkshop(process.env, undefined, (shop) =>
  withLock(join(shop.cache, "locks", "tool-prometheus"), () =>
    bring(TOOLS.prometheus, shop, () => undefined, undefined, { ...BRINGS, release: slowly }),
  ),
);
process.stdout.write(JSON.stringify(outcome.kind === "found" ? outcome.found : outcome));
