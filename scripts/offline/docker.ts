import { Fault } from "../lib/fault.ts";
import { failureOf, type ProgramOptions, runProgram } from "../lib/program.ts";

/** Runs the docker command to its end and gives its standard output. Throws a Fault with its last words. */
export async function docker(args: readonly string[], options: ProgramOptions = {}): Promise<string> {
  const ending = await runProgram("docker", args, options);
  const failure = failureOf(`docker ${args[0]}`, ending);
  if (failure === null && ending.kind === "ended") return ending.stdout.trim();
  const said = ending.kind === "ended" ? ending.output.trim() : "";
  throw new Fault("docker", failure ?? "interrupted", said);
}

/** The version of the engine that answers. Throws a Fault that says what to do where none does, or without Buildx. */
export async function engineVersion(signal?: AbortSignal): Promise<string> {
  const ending = await runProgram("docker", ["version", "--format", "{{.Server.Version}}"], {
    timeout: 20_000,
    signal,
  });
  if (ending.kind === "unstarted") {
    throw new Fault("no-docker", "there is no docker command on this machine", TO_HAVE_ONE);
  }
  const failure = failureOf("docker version", ending);
  if (failure !== null || ending.kind !== "ended") {
    throw new Fault("no-engine", `no Docker engine answers: ${failure ?? "interrupted"}`, TO_HAVE_ONE);
  }
  const buildx = failureOf("docker buildx", await runProgram("docker", ["buildx", "version"], { signal }));
  if (buildx !== null) {
    throw new Fault("no-buildx", `Docker lacks Buildx: ${buildx}`, "Install it (Debian and Ubuntu: docker-buildx).");
  }
  return ending.stdout.trim();
}

const TO_HAVE_ONE =
  "Start Docker; where it is not installed: https://docs.docker.com/engine/install, or as root on Debian: .ci/docker-engine";

const KEY = "proving-ground.key";

/** `docker` arguments that mark an image with what it was made from. */
export const keyLabel = (key: string) => `${KEY}=${key}`;

/** What a local image was made from; null where there is no such image, or where it was made otherwise. */
export async function keyOfImage(image: string, signal?: AbortSignal): Promise<string | null> {
  const format = `{{index .Config.Labels "${KEY}"}}`;
  const ending = await runProgram("docker", ["image", "inspect", "--format", format, image], { signal });
  return ending.kind === "ended" && ending.code === 0 ? ending.stdout.trim() : null;
}

export async function idOfImage(image: string, signal?: AbortSignal): Promise<string> {
  return docker(["image", "inspect", "--format", "{{.Id}}", image], { signal });
}
