/**
 * An abort signal that SIGINT, SIGTERM and SIGHUP raise. The same Ctrl-C may arrive several times (from the terminal,
 * from npm, from the bootstrap): later ones change nothing.
 */
export function interruption(): { readonly signal: AbortSignal } {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => controller.abort(name));
  return { signal: controller.signal };
}
