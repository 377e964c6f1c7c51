import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { type Browser, launch } from "puppeteer-core";
import { causeOf, Fault } from "../lib/fault.ts";

const NAMES = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const INSTALL = "Install one (Debian: apt-get install chromium-headless-shell), or name it by CHROMIUM_BIN.";

/** Throws a Fault where the machine has no Chromium. */
async function findBrowser(env: NodeJS.ProcessEnv): Promise<string> {
  const named = env.CHROMIUM_BIN;
  if (named !== undefined && named !== "") return named;
  for (const folder of (env.PATH ?? "").split(delimiter)) {
    for (const name of NAMES) {
      const path = join(folder, name);
      const runs = await access(path, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (runs) return path;
    }
  }
  throw new Fault("browser", "no Chromium on this machine", INSTALL);
}

/** A headless Chromium of its own. Throws a Fault. */
export async function openBrowser(env: NodeJS.ProcessEnv): Promise<Browser> {
  const executablePath = await findBrowser(env);
  try {
    // Containers rarely allow Chromium's own sandbox to root; what it opens here is our own page, without a network.
    const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    return await launch({ executablePath, args });
  } catch (error) {
    throw new Fault("browser", `${executablePath} does not start: ${causeOf(error)}`, INSTALL);
  }
}
