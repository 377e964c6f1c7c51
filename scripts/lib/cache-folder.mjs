import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";

/** The user's cache folder of this project, shared by all clones. */
export function cacheFolder(env = process.env, platform = process.platform, home = homedir()) {
  const named = env.PROVING_GROUND_CACHE;
  if (named) return resolve(named);
  if (platform === "darwin") return join(home, "Library", "Caches", "proving-ground");
  const xdg = env.XDG_CACHE_HOME;
  // The specification of XDG_CACHE_HOME has relative values ignored.
  return join(xdg && isAbsolute(xdg) ? xdg : join(home, ".cache"), "proving-ground");
}
