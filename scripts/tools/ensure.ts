import { join } from "node:path";
import { causeOf, Fault } from "../lib/fault.ts";
import { withLock } from "../lib/lock.mjs";
import { type Board, createBoard } from "../lib/progress.ts";
import { failureText, todoText } from "./report.ts";
import { put } from "./store.ts";
import { TOOLS } from "./table.ts";
import type { BringingWay, FoundTool, Miss, Tool, ToolName, WayName } from "./types.ts";
import { verify } from "./version.ts";
import { type Bring, type Look, NONE_ON_PATH } from "./way.ts";
import { cache } from "./ways/cache.ts";
import { debian } from "./ways/debian.ts";
import { gomodule } from "./ways/gomodule.ts";
import { path } from "./ways/path.ts";
import { release } from "./ways/release.ts";
import { inWorkshop, type Workshop } from "./workshop.ts";

export const LOOKS: Readonly<Record<Exclude<WayName, BringingWay>, Look>> = { path, cache };
export const BRINGS: Readonly<Record<BringingWay, Bring>> = { release, debian, gomodule };

export interface EnsureOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}

/**
 * Finds or brings the tools named, side by side, each with its line on the board; where a function is given for the
 * board, it gets whole lines, now and then. Throws a Fault that says which ways were tried for those that cannot be
 * had.
 */
export async function ensureTools<Name extends ToolName>(
  names: readonly Name[],
  say: Board | ((line: string) => void),
  { env = process.env, signal }: EnsureOptions = {},
): Promise<Record<Name, FoundTool>> {
  const board = typeof say === "function" ? boardOf(say) : say;
  const found = await inWorkshop(env, signal, (shop) =>
    Promise.all(names.map((name) => ensure(TOOLS[name], shop, board))),
  );
  const failed = found.filter((outcome) => outcome.kind === "missed");
  if (signal?.aborted) throw new Fault("interrupted", "interrupted while tools were brought", "");
  if (failed.length > 0) {
    const text = failed.map(({ tool, misses }) => failureText(tool, misses)).join("\n");
    throw new Fault("tools", text, todoText(failed.map(({ tool }) => tool)));
  }
  const tools = found.flatMap((outcome) => (outcome.kind === "found" ? [[outcome.found.name, outcome.found]] : []));
  return Object.fromEntries(tools) as Record<Name, FoundTool>;
}

function boardOf(say: (line: string) => void): Board {
  return createBoard({ write: (text) => say(text.trimEnd()), tty: false, color: false, columns: () => 120 });
}

export type Outcome =
  | { readonly kind: "found"; readonly found: FoundTool }
  | { readonly kind: "missed"; readonly tool: Tool; readonly misses: readonly Miss[] };

async function ensure(tool: Tool, shop: Workshop, say: Board): Promise<Outcome> {
  const line = say.line(tool.name, "looking for it");
  try {
    const outcome = await look(tool, shop);
    if (outcome.kind === "found") {
      line.done(foundLine(outcome.found, "from"));
      return outcome;
    }
    const brought = await withLock(
      join(shop.cache, "locks", `tool-${tool.name}`),
      () => bring(tool, shop, line.update),
      {
        onWait: (holder) => line.update(`waiting for process ${holder}, which is bringing it`),
        ...(shop.signal === undefined ? {} : { signal: shop.signal }),
      },
    );
    if (brought.kind === "found") line.done(foundLine(brought.found, "by"));
    else line.fail(shop.signal?.aborted ? "interrupted" : "cannot be had");
    return brought;
  } catch (error) {
    line.fail(shop.signal?.aborted ? "interrupted" : "cannot be had");
    if (error instanceof Fault) throw error;
    return { kind: "missed", tool, misses: [{ way: "cache", why: causeOf(error) }] };
  }
}

/** Looks on PATH and in the cache only. */
export async function look(tool: Tool, shop: Workshop, looks = LOOKS): Promise<Outcome> {
  const misses: Miss[] = [];
  for (const way of tool.how) {
    if (way !== "path" && way !== "cache") continue;
    const looked = await looks[way](tool, shop);
    if (looked.kind === "found") return { kind: "found", found: { ...passedOver(misses), ...looked.found } };
    misses.push({ way, why: looked.why });
  }
  return { kind: "missed", tool, misses };
}

function passedOver(misses: readonly Miss[]): Pick<FoundTool, "passedOver"> {
  const onPath = misses.find(({ way, why }) => way === "path" && why !== NONE_ON_PATH);
  return onPath === undefined ? {} : { passedOver: onPath.why };
}

function foundLine({ version, from, passedOver: over }: FoundTool, how: "from" | "by"): string {
  return `${version} ${how} ${from}${over === undefined ? "" : ` (passed over: ${over})`}`;
}

/** Looks again, since another process may have brought it meanwhile, and tries each way that brings it. */
export async function bring(
  tool: Tool,
  shop: Workshop,
  update: (text: string) => void,
  looks = LOOKS,
  brings = BRINGS,
): Promise<Outcome> {
  const looked = await look(tool, shop, looks);
  if (looked.kind === "found") return looked;
  const misses = [...looked.misses];
  for (const way of tool.how) {
    if (way === "path" || way === "cache") continue;
    if (shop.signal?.aborted) break;
    const result = await attempt(tool, way, brings[way], shop, update, misses);
    if (result.kind === "found") return result;
    misses.push({ way, why: result.why });
  }
  return { kind: "missed", tool, misses };
}

async function attempt(
  tool: Tool,
  way: BringingWay,
  bring: Bring,
  shop: Workshop,
  update: (text: string) => void,
  misses: readonly Miss[],
) {
  const brought = await bring(tool, shop, update);
  if (brought.kind === "missed") return brought;
  const verified = await verify(tool, brought.file, shop.signal);
  if (verified.kind === "no") return { kind: "missed" as const, why: verified.why };
  const { version } = verified;
  const before = misses.filter((miss) => miss.way !== "path" && miss.way !== "cache");
  const why = [brought.why, ...before.map((miss) => `${miss.way}: ${miss.why}`)].join("; ");
  const file = await put(tool, version, brought.file, { way, why }, shop);
  return {
    kind: "found" as const,
    found: { name: tool.name, version, path: file, from: way, why, ...passedOver(misses) },
  };
}
