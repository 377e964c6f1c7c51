import { copyFile, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Fault } from "../lib/fault.ts";
import { failureOf, runProgram } from "../lib/program.ts";
import type { Workshop } from "../tools/workshop.ts";
import { docker, keyLabel } from "./docker.ts";
import { keyOf, partsIn } from "./key.ts";
import { CADVISOR_VERSION, IMAGES } from "./sources.ts";

const FOLDER = join(import.meta.dirname, "../../stack/offline");
const DOCKERFILE = join(FOLDER, "programs.Dockerfile");

/** What cAdvisor's image is made from; `base` is the base image's id. */
export async function cadvisorKey(base: string): Promise<string> {
  return keyOf([base, await readFile(DOCKERFILE), CADVISOR_VERSION, ...(await partsIn(join(FOLDER, "cadvisor")))]);
}

export async function k6Key(base: string, program: string): Promise<string> {
  return keyOf([base, await readFile(DOCKERFILE), await readFile(program)]);
}

/** Builds cAdvisor from its library; gives the program's file. Throws a Fault. */
export async function buildCadvisor({ env, scratch, signal }: Workshop): Promise<string> {
  const file = join(scratch, "cadvisor");
  const flags = `-s -w -X github.com/google/cadvisor/version.Version=${CADVISOR_VERSION}`;
  const ending = await runProgram("go", ["build", "-trimpath", "-ldflags", flags, "-o", file, "."], {
    cwd: join(FOLDER, "cadvisor"),
    env: { ...env, CGO_ENABLED: "0", GOWORK: "off", GOFLAGS: "-mod=readonly -buildvcs=false", GOTMPDIR: scratch },
    signal,
  });
  if (ending.kind === "unstarted") {
    throw new Fault(
      "go",
      "cAdvisor is built from its Go module, and there is no go on PATH",
      "Install Go 1.21 or newer.",
    );
  }
  const failure = failureOf("building cAdvisor", ending);
  if (failure !== null) throw new Fault("cadvisor", failure, "Is Go's module proxy reached? See: go env GOPROXY");
  return file;
}

/** An image of the base and one program. */
export async function buildProgramImage(
  name: "cadvisor" | "k6",
  program: string,
  key: string,
  { scratch, signal }: Workshop,
): Promise<void> {
  const context = join(scratch, `${name}-image`);
  await mkdir(context);
  await copyFile(program, join(context, name));
  const args = ["--target", name, "--label", keyLabel(key), "--build-arg", `BASE_IMAGE=${IMAGES.base}`];
  await docker(["build", "--quiet", "--file", DOCKERFILE, ...args, "--tag", IMAGES[name], context], { signal });
}
