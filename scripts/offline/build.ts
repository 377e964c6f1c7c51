import { join } from "node:path";
import { withLock } from "../lib/lock.mjs";
import type { Board, Line } from "../lib/progress.ts";
import { ensureTools } from "../tools/ensure.ts";
import { inWorkshop, type Workshop } from "../tools/workshop.ts";
import { baseKey, buildBase } from "./base.ts";
import { docker, engineVersion, idOfImage, keyOfImage } from "./docker.ts";
import { buildCadvisor, buildProgramImage, cadvisorKey, k6Key } from "./programs.ts";
import { IMAGES } from "./sources.ts";

const ROOT = join(import.meta.dirname, "../..");

export interface OfflineOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Build the base anew even if nothing of ours changed: Debian's packages have. */
  readonly fresh: boolean;
}

/** Builds what is missing or made from something else than it would be now, each with its line on the board. */
export async function buildOffline(board: Board, { env, signal, fresh }: OfflineOptions): Promise<void> {
  const line = board.line("engine", "looking for it");
  const version = await engineVersion(signal).catch(failing(line));
  line.done(`Docker ${version}`);
  await inWorkshop(env, signal, (shop) => {
    const base = board.line("base", "looking for it");
    const lock = join(shop.cache, "locks", "offline-images");
    const onWait = (holder: number) => base.update(`waiting for process ${holder}, which is building`);
    return withLock(lock, () => buildAll(base, board, shop, fresh), { signal, onWait }).catch(failing(base));
  });
}

async function buildAll(base: Line, board: Board, shop: Workshop, fresh: boolean) {
  const key = await baseKey(shop);
  // Compilers and debootstrap side by side: one waits for the network while the others compute.
  const tools = ensureTools(["k6"], board, { env: shop.env, ...(shop.signal && { signal: shop.signal }) });
  const based = (async () => {
    const current = !fresh && (await keyOfImage(IMAGES.base, shop.signal)) === key;
    if (!current) await buildBase(key, shop, base.update).catch(failing(base));
    base.done(`${IMAGES.base} ${current ? "is current" : "built"}`);
    return idOfImage(IMAGES.base, shop.signal);
  })();
  // The first that fails is told; none is left running unheard.
  const [found, id] = await settled(tools, based);
  await settled(buildK6(found.k6.path, id, board, shop), buildOwnCadvisor(id, board, shop), buildApi(board, shop));
}

async function buildK6(program: string, base: string, board: Board, shop: Workshop) {
  const line = board.line("k6 image", "looking for it");
  await (async () => {
    const key = await k6Key(base, program);
    const current = (await keyOfImage(IMAGES.k6, shop.signal)) === key;
    if (!current) await buildProgramImage("k6", program, key, shop);
    line.done(`${IMAGES.k6} ${current ? "is current" : "built"}`);
  })().catch(failing(line));
}

async function buildOwnCadvisor(base: string, board: Board, shop: Workshop) {
  const line = board.line("cadvisor", "looking for it");
  await (async () => {
    const key = await cadvisorKey(base);
    const current = (await keyOfImage(IMAGES.cadvisor, shop.signal)) === key;
    if (!current) {
      line.update("building it from its Go module (about 30 s on 2 cores)");
      await buildProgramImage("cadvisor", await buildCadvisor(shop), key, shop);
    }
    line.done(`${IMAGES.cadvisor} ${current ? "is current" : "built"}`);
  })().catch(failing(line));
}

/** The builder knows by itself what changed. */
async function buildApi(board: Board, { env, signal }: Workshop) {
  const line = board.line("api", "building it");
  const authority = env.EXTRA_CA ?? env.NODE_EXTRA_CA_CERTS;
  const secret = authority === undefined || authority === "" ? [] : ["--secret", `id=extra_ca,src=${authority}`];
  const args = ["--file", "api/Dockerfile", "--build-arg", `BASE_IMAGE=${IMAGES.base}`, "--tag", IMAGES.api, ...secret];
  await docker(["build", "--quiet", ...args, "."], { cwd: ROOT, env: { ...env, DOCKER_BUILDKIT: "1" }, signal }).catch(
    failing(line),
  );
  line.done(IMAGES.api);
}

function failing(line: Line): (error: unknown) => never {
  return (error) => {
    line.fail("failed");
    throw error;
  };
}

async function settled<T extends readonly unknown[]>(...works: { readonly [K in keyof T]: Promise<T[K]> }): Promise<T> {
  await Promise.allSettled(works);
  return (await Promise.all(works)) as unknown as T;
}
