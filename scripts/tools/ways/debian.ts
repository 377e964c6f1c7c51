import { existsSync } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { causeOf } from "../../lib/fault.ts";
import { failureOf, type ProgramOptions, runProgram } from "../../lib/program.ts";
import { type Bring, missed } from "../way.ts";
import type { Workshop } from "../workshop.ts";

const KEYRINGS = ["/usr/share/keyrings/debian-archive-keyring.gpg", "/usr/share/keyrings/debian-archive-keyring.pgp"];
const UPDATE = 60_000;
const FETCH = 180_000;

/** The package of a suite of Debian, verified by the archive's key, unpacked beside the system. */
export const debian: Bring = async ({ name, debian: source }, shop, say) => {
  if (source === null) return missed("Debian has no such package");
  if (shop.machine.platform !== "linux") return missed("not Linux");
  try {
    say("reading Debian's package lists");
    const apt = await shop.once(`apt ${source.suite}`, () => privateApt(source.suite, shop));
    const folder = join(shop.scratch, `debian-${name}`);
    await mkdir(join(folder, "partial"), { recursive: true });
    say(`downloading Debian's ${source.package}`);
    const own = ["-o", `Dir::Cache::archives=${folder}`];
    await run("apt-get", [...own, "download", source.package], { cwd: folder, env: apt, timeout: FETCH }, shop);
    const file = (await readdir(folder)).find((entry) => entry.endsWith(".deb"));
    if (file === undefined) throw new Error(`apt-get download left no ${source.package}`);
    await run("dpkg-deb", ["-x", join(folder, file), join(folder, "root")], { timeout: FETCH }, shop);
    return {
      kind: "brought",
      file: join(folder, "root", source.program),
      why: `${file} of ${source.suite}, verified by the archive's key`,
    };
  } catch (error) {
    return missed(causeOf(error));
  }
};

/** An apt with configuration, lists and cache of its own, brought up to date; gives the environment that selects it. */
async function privateApt(suite: string, shop: Workshop): Promise<NodeJS.ProcessEnv> {
  const keyring = KEYRINGS.find((file) => existsSync(file));
  if (keyring === undefined) throw new Error("the Debian archive's keyring is not on this machine");
  const folder = join(shop.scratch, `apt-${suite}`);
  await mkdir(join(folder, "lists", "partial"), { recursive: true });
  await mkdir(join(folder, "archives", "partial"), { recursive: true });
  await writeFile(join(folder, "status"), "");
  const mirrors = (await mirrorsOf(shop)).map((mirror) => `deb [signed-by="${keyring}"] ${mirror} ${suite} main\n`);
  await writeFile(join(folder, "apt.conf"), configurationIn(folder));
  const env = { ...shop.env, APT_CONFIG: join(folder, "apt.conf"), LC_ALL: "C" };
  const reasons: string[] = [];
  for (const mirror of mirrors) {
    await writeFile(join(folder, "sources.list"), mirror);
    const ending = await runProgram("apt-get", ["-qq", "update"], { env, timeout: UPDATE, signal: shop.signal });
    const failure = failureOf("apt-get update", ending);
    if (failure === null) return env;
    reasons.push(failure);
  }
  throw new Error(reasons.join("; "));
}

/** Archives that the machine's own apt uses, Debian's before others. */
export async function mirrorsOf(shop: Workshop): Promise<readonly string[]> {
  const format = "$(REPO_URI) $(ORIGIN)";
  const targets = await run("apt-get", ["indextargets", "--format", format, "Created-By: Packages"], {}, shop);
  const mirrors = mirrorsIn(targets);
  if (mirrors.length === 0) throw new Error("apt has no Debian archive configured");
  return mirrors;
}

/** From lines `ADDRESS ORIGIN`: Debian's own archives; where no lists are there to tell the origin, all of them. */
export function mirrorsIn(targets: string): readonly string[] {
  const lines = targets
    .trim()
    .split("\n")
    .map((line) => line.split(" "))
    .filter(([address]) => address);
  const main = lines.filter(([address]) => !address?.includes("security"));
  const debians = main.filter(([, origin]) => origin === "Debian");
  return [...new Set((debians.length > 0 ? debians : main).map(([address]) => address ?? ""))];
}

function configurationIn(folder: string): string {
  const settings = {
    "Dir::Etc::sourcelist": `${folder}/sources.list`,
    "Dir::Etc::sourceparts": "-",
    "Dir::State::lists": `${folder}/lists`,
    "Dir::State::status": `${folder}/status`,
    "Dir::Cache": folder,
    "Dir::Cache::archives": `${folder}/archives`,
    "Dir::Cache::pkgcache": "",
    "Dir::Cache::srcpkgcache": "",
    // Already who runs it: without root there is no other user to become, and the scratch folder is this one's alone.
    "APT::Sandbox::User": "root",
    "APT::Update::Error-Mode": "any",
    // A mirror frozen for weeks is still signed; how new it is matters little here.
    "Acquire::Check-Valid-Until": "false",
    "Acquire::AllowInsecureRepositories": "false",
    "Acquire::Languages": "none",
    "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled": "false",
    "Acquire::Retries": "0",
    "Acquire::http::Timeout": "10",
    "Acquire::https::Timeout": "10",
  };
  // Images for containers clean the system's caches after each update: not ours to do.
  const hooks =
    "#clear APT::Update::Post-Invoke;\n#clear APT::Update::Post-Invoke-Success;\n#clear DPkg::Post-Invoke;\n";
  return (
    hooks +
    Object.entries(settings)
      .map(([key, value]) => `${key} "${value}";\n`)
      .join("")
  );
}

async function run(
  program: string,
  args: readonly string[],
  options: ProgramOptions,
  { signal }: Workshop,
): Promise<string> {
  const ending = await runProgram(program, args, { ...options, signal });
  if (ending.kind === "unstarted") throw new Error(`no ${program} on this machine`);
  const failure = failureOf(program, ending);
  if (failure !== null || ending.kind !== "ended") throw new Error(failure ?? "interrupted");
  return ending.stdout;
}
