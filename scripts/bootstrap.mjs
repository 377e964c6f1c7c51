// Plain JavaScript with no static import: on a Node too old for the rest, the word below must still be reached.
const LEAST = 20;

// From the first moment on: whoever has work under way listens as well, and then ends it in its own way.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    if (process.listenerCount(signal) > 1) return;
    process.stderr.write(`bootstrap: interrupted by ${signal}\n`);
    process.exit(3);
  });
}

if (Number(process.versions.node.split(".")[0]) < LEAST) {
  process.stderr.write(
    `bootstrap: Node ${process.versions.node} is too old; install Node ${LEAST} or newer and try again\n`,
  );
  process.exitCode = 3;
} else {
  import("./bootstrap/main.mjs").then(({ main }) => main(process.argv.slice(2)));
}
