import { join } from "node:path";
import { causeOf } from "../../lib/fault.ts";
import { failureOf, runProgram } from "../../lib/program.ts";
import type { ModuleSource } from "../types.ts";
import { type Bring, missed } from "../way.ts";
import type { Workshop } from "../workshop.ts";

/** Since 1.21 Go brings the toolchain a module asks for by itself. */
const LEAST_GO = 21;
const FETCH = 180_000;

/** Built from its Go module's source: the module's own go.mod and go.sum hold, which `go install` refuses for some. */
export const gomodule: Bring = async (tool, shop, say) => {
  const source = tool.module;
  if (source === null) return missed("not built from source");
  try {
    say("looking for Go");
    const go = await shop.once("go", () => goVersion(shop));
    say("fetching its Go module");
    const folder = await shop.once(`${source.path}@${source.version}`, () => fetchModule(source, shop));
    say(`building it from its Go module (${source.takes})`);
    // Under its own name: k6 says its version under the name it is called by.
    const file = join(shop.scratch, `built-${tool.name}`, tool.program);
    const flags = ["-trimpath", `-ldflags=-s -w ${source.ldflags}`, `-tags=${source.tags.join(",")}`];
    await runGo(["build", ...flags, "-o", file, source.command], { cwd: folder }, shop);
    return { kind: "brought", file, why: `built by ${go} from ${source.path} ${source.version}` };
  } catch (error) {
    return missed(causeOf(error));
  }
};

async function goVersion(shop: Workshop): Promise<string> {
  const ending = await runProgram("go", ["version"], { env: environment(shop), timeout: 30_000, signal: shop.signal });
  if (ending.kind === "unstarted") throw new Error("go is not on PATH");
  const failure = failureOf("go version", ending);
  if (failure !== null || ending.kind !== "ended") throw new Error(failure ?? "interrupted");
  const match = /go(1\.(\d+)\S*)/.exec(ending.stdout);
  if (match === null) throw new Error(`go version says ${ending.stdout.trim()}`);
  if (Number(match[2]) < LEAST_GO) throw new Error(`Go ${match[1]} is too old, 1.${LEAST_GO} or newer is needed`);
  return `Go ${match[1]}`;
}

/** Brings the module's source into Go's module cache, checked by the table's hash; gives its folder. */
async function fetchModule({ path, version, sum }: ModuleSource, shop: Workshop): Promise<string> {
  // The hash in the table stands in for the checksum database, which not every proxy lets through.
  const env = { GONOSUMDB: path, GOFLAGS: "" };
  const args = ["mod", "download", "-json", `${path}@${version}`];
  const told = JSON.parse(await runGo(args, { cwd: shop.scratch, env, timeout: FETCH }, shop)) as {
    Dir?: string;
    Sum?: string;
  };
  if (told.Dir === undefined) throw new Error(`go mod download does not say where ${path} is`);
  if (told.Sum !== sum) throw new Error(`${path}@${version} has the hash ${told.Sum}, known is ${sum}: refused`);
  return told.Dir;
}

interface GoOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeout?: number;
}

async function runGo(args: readonly string[], { env, ...rest }: GoOptions, shop: Workshop): Promise<string> {
  const ending = await runProgram("go", args, { ...rest, env: { ...environment(shop), ...env }, signal: shop.signal });
  const failure = failureOf(`go ${args[0]}${args[0] === "mod" ? " download" : ""}`, ending);
  if (failure !== null || ending.kind !== "ended") throw new Error(failure ?? "interrupted");
  return ending.stdout;
}

/** The caller's proxy and caches, but none of what may bend a build. */
function environment({ env, scratch }: Workshop): NodeJS.ProcessEnv {
  // Go leaves its temporary files where it is killed: there they go with the rest.
  return { ...env, CGO_ENABLED: "0", GOWORK: "off", GOFLAGS: "-mod=readonly -buildvcs=false", GOTMPDIR: scratch };
}
