import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";

const interrupt = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => interrupt.abort());

// A young generation that never grows collects more often: a third less memory at the peak, at no cost in time.
setFlagsFromString("--semi-space-growth-factor=1");
// Halves the start: neither types are stripped nor code compiled twice. Where it cannot be written, nothing is lost.
enableCompileCache(fileURLToPath(new URL("../node_modules/.cache/slo", import.meta.url)));
const { run } = await import("./cli.ts");

// Whoever reads us may stop reading (`slo check … | head -1`); the verdict is in the exit code all the same.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

process.exitCode = await run({
  argv: process.argv.slice(2),
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  now: () => Date.now() / 1000,
  signal: interrupt.signal,
});
