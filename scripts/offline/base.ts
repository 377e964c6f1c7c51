import { existsSync } from "node:fs";
import { mkdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { Fault } from "../lib/fault.ts";
import { failureOf, runProgram } from "../lib/program.ts";
import { mirrorsOf } from "../tools/ways/debian.ts";
import type { Workshop } from "../tools/workshop.ts";
import { keyLabel } from "./docker.ts";
import { keyOf } from "./key.ts";
import { bringPackage } from "./npm-package.ts";
import { IMAGES, NODE, NPM, PACKAGES, SUITE } from "./sources.ts";

const SCRIPT = join(import.meta.dirname, "../../stack/offline/base.sh");
const DEBOOTSTRAP = "/usr/share/debootstrap/scripts/sid";
const PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib/postgresql/18/bin";

/** What the base is made from. Debian's suite moves on; the image does not before it is asked to. */
export async function baseKey({ machine }: Workshop): Promise<string> {
  const npm = [NODE[machine.arch], NPM].map(({ integrity }) => integrity);
  return keyOf([await readFile(SCRIPT), SUITE, PACKAGES.join(), ...npm, machine.arch]);
}

/** Builds the image that nearly all services run in. `say` hears what is going on. Throws a Fault. */
export async function buildBase(key: string, shop: Workshop, say: (text: string) => void): Promise<void> {
  demandRoot(shop);
  const mirror = shop.env.DEBIAN_MIRROR ?? (await mirrorsOf(shop).catch(() => []))[0];
  if (mirror === undefined) {
    throw new Fault("mirror", "apt knows no Debian archive here", "Set DEBIAN_MIRROR to the address of one.");
  }
  const [root, programs] = [join(shop.scratch, "root"), join(shop.scratch, "programs")];
  await mkdir(root);
  say("fetching Node and npm");
  await Promise.all([
    bringPackage(NODE[shop.machine.arch], join(shop.scratch, "node"), shop),
    bringPackage(NPM, join(programs, "npm"), shop),
  ]);
  await rename(join(shop.scratch, "node", "bin"), join(programs, "bin"));
  await run("unshare", [...ALONE, "sh", SCRIPT, root, SUITE, mirror, PACKAGES.join(), programs], shop, (text) => {
    const [, doing, name] = /^I: (Retrieving|Validating|Extracting|Unpacking|Configuring) (\S+)/m.exec(text) ?? [];
    if (doing !== undefined) say(`${doing.toLowerCase()} ${name?.replace(/\.+$/, "")}`);
  });
  say("importing it into the engine");
  const labels = ["--change", `LABEL ${keyLabel(key)}`, "--change", `ENV ${PATH}`];
  const load = 'root=$1; shift; tar -C "$root" --numeric-owner -c . | docker import "$@"';
  const args = ["-o", "pipefail", "-c", load, "bash", root, ...labels, "-", IMAGES.base];
  await run("bash", args, shop, () => undefined);
}

/** Mounts and processes that are gone with the script, however it ends. */
const ALONE = ["--mount", "--pid", "--fork", "--kill-child", "--propagation", "private"];

function demandRoot({ machine }: Workshop) {
  if (machine.platform !== "linux") {
    throw new Fault("linux", "the offline images are built on Linux only", "Elsewhere use an image registry.");
  }
  if (process.getuid?.() !== 0) {
    throw new Fault(
      "root",
      "building the base image needs root: debootstrap makes another system's files",
      "Run it once with: sudo npm run stack:offline. Or use an image registry: docker compose up --wait.",
    );
  }
  if (!existsSync(DEBOOTSTRAP)) {
    throw new Fault("debootstrap", "debootstrap is not installed", "Install it: apt-get install debootstrap");
  }
}

async function run(program: string, args: readonly string[], { signal }: Workshop, onOutput: (text: string) => void) {
  const ending = await runProgram(program, args, { signal, onOutput, env: { ...process.env, LC_ALL: "C" } });
  const failure = failureOf(`building ${IMAGES.base}`, ending);
  if (failure === null) return;
  const last = ending.kind === "ended" ? ending.output.trim().split("\n").slice(-8).join("\n") : "";
  throw new Fault("base", failure, `${last}\nDEBIAN_MIRROR may name another archive than apt's own.`.trim());
}
