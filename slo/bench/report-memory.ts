// Loaded before the command: tells whoever measures it how much memory it took, in MiB.
process.on("exit", () => {
  process.send?.(process.resourceUsage().maxRSS / 1024);
});
// The channel alone must not keep the process alive.
process.channel?.unref();
