import { execFileSync } from "node:child_process";

/** What `docker ARGS` prints. Throws where it fails. */
export function docker(args: readonly string[], env: NodeJS.ProcessEnv = process.env): string {
  return execFileSync("docker", args, { encoding: "utf8", env, stdio: ["ignore", "pipe", "pipe"] });
}

/** Names of the project's containers; with `running`, of those that run. */
export function containersOf(project: string, running = false): string[] {
  const filter = ["--filter", `label=com.docker.compose.project=${project}`];
  const all = running ? [] : ["--all"];
  return docker(["ps", ...all, ...filter, "--format", "{{.Names}}"])
    .split("\n")
    .filter((name) => name !== "");
}

/** A variable that a container was made with. */
export function variableOf(container: string, name: string): string | undefined {
  const text = docker(["inspect", "--format", "{{range .Config.Env}}{{println .}}{{end}}", container]);
  return text
    .split("\n")
    .find((line) => line.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}
