import { expect, test } from "vitest";
import { cacheFolder } from "./cache-folder.mjs";

test.each([
  ["linux", {}, "/home/me/.cache/proving-ground"],
  ["linux", { XDG_CACHE_HOME: "/var/x" }, "/var/x/proving-ground"],
  ["linux", { XDG_CACHE_HOME: "relative" }, "/home/me/.cache/proving-ground"],
  ["darwin", { XDG_CACHE_HOME: "/var/x" }, "/home/me/Library/Caches/proving-ground"],
  ["darwin", { PROVING_GROUND_CACHE: "/mine" }, "/mine"],
  ["linux", { PROVING_GROUND_CACHE: "/mine", XDG_CACHE_HOME: "/var/x" }, "/mine"],
] as const)("%s %j", (platform, env, folder) => {
  expect(cacheFolder(env, platform, "/home/me")).toBe(folder);
});
