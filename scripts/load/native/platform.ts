import { startNative } from "../../../stack/native/start.ts";
import type { NativeStack } from "../../../stack/native/types.ts";
import { cacheFolder } from "../../lib/cache-folder.mjs";
import { inProject } from "../../lib/paths.ts";
import { asFault } from "../../lib/stack-fault.ts";
import { ensureTools } from "../../tools/ensure.ts";
import type { Generator, GeneratorStart, LoadStack, Platform, StackOrder } from "../load-stack.ts";

import { watchCpu } from "./cpu.ts";
import { inspectScript, startK6 } from "./k6.ts";
import { nativeOptions } from "./options.ts";

/** Plain processes on this machine; no engine needed. */
export function nativePlatform(why: string): Platform {
  return {
    name: "native",
    why,
    objectives: async () => inProject("slo/objectives/task-api.yaml"),
    equip: async (board, signal) => {
      const { k6, prometheus } = await ensureTools(["k6", "prometheus"], board, { signal });
      return {
        versions: { k6: k6.version },
        inspect: (request, until) => inspectScript(k6.path, request, until),
        bringUp: (order) => bringUp(order, k6.path, prometheus.path),
      };
    },
  };
}

async function bringUp(order: StackOrder, k6: string, prometheus: string): Promise<LoadStack> {
  try {
    return loadStack(await startNative(nativeOptions(order, prometheus, cacheFolder())), k6);
  } catch (error) {
    throw asFault(error);
  }
}

function loadStack(stack: NativeStack, k6: string): LoadStack {
  const { addresses, pids, versions, timings } = stack;
  const total = timings.total?.toFixed(1) ?? "?";
  return {
    addresses,
    versions,
    headline: `PostgreSQL ${versions.postgres}, API, Prometheus ${versions.prometheus} up in ${total} s`,
    targets: stack.replicas.map(({ instance, internal }) => `api,${instance}=${internal}/metrics`),
    frontCounter: null,
    whereabouts: { addresses, pids },
    tokenPlace: stack.tokenFile,
    dashboards: null,
    crashed: stack.crashed,
    generate: (start) => generate(stack, k6, start),
    leaveUp: null,
    stop: () => stack.stop(),
  };
}

async function generate(stack: NativeStack, k6: string, start: GeneratorStart): Promise<Generator> {
  const run = await startK6({ ...start, k6, baseUrl: stack.addresses.api, token: stack.token });
  stack.adopt({ name: "k6", child: run.child });
  const cpu = watchCpu(run.pid);
  void run.ended.finally(cpu.stop).catch(() => undefined);
  return {
    ended: run.ended,
    interrupt: () => void run.child.kill("SIGINT"),
    kill: () => void run.child.kill("SIGKILL"),
    cpuShare: async () => cpu.share,
  };
}
