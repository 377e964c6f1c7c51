import { mkdir } from "node:fs/promises";
import { demandWholeArchive } from "./archive.ts";
import { type Manifest, type PartName, partOf, writeManifest } from "./manifest.ts";
import { type Files, must } from "./must.ts";
import type { Place } from "./project.ts";
import { VOLUMES, withVolumes } from "./volumes.ts";

export interface Steps {
  readonly place: Place;
  readonly signal: AbortSignal;
  /** What is happening, a line at a time. */
  readonly say: (line: string) => void;
}

type Compose = (args: readonly string[], files?: Files) => Promise<string>;

/** PostgreSQL's programs are not on every image's PATH. */
export const PG = "PATH=$PATH:/usr/lib/postgresql/18/bin";

/**
 * Copies what the stack knows into a new folder: the database as `pg_dump` sees it in one transaction, the volumes of
 * Prometheus and Alertmanager while these stand still for a moment (Prometheus' snapshots need its admin API, which
 * would be published with the rest). Grafana is provisioned from files; secrets are not copied: a restored stack makes
 * its own. Throws StackErrors; the folder is a backup only once its manifest is there.
 */
export async function backup(folder: string, { place, signal, say }: Steps): Promise<Manifest> {
  const compose: Compose = (args, files) => must(place, args, files, signal);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const at = new Date().toISOString();
  const postgres = await compose(["exec", "-T", "postgres", "sh", "-c", `${PG} pg_dump --version`]);
  const prometheus = await compose(["exec", "-T", "prometheus", "/bin/prometheus", "--version"]);

  say("dumping the database");
  const dump = `${PG} exec pg_dump --host /tmp --username postgres --format custom tasks`;
  await compose(["exec", "-T", "postgres", "sh", "-c", dump], { to: `${folder}/postgres.dump` });

  await withVolumes(place, signal, async (inVolumes) => {
    for (const name of ["prometheus", "alertmanager"] as const) {
      say(`copying ${name}'s volume`);
      const to = `${folder}/${name}.tar`;
      await whileStopped(name, place, async () => {
        await inVolumes(`exec tar -C ${VOLUMES[name]} --numeric-owner -cf - .`, { to });
      });
      await demandWholeArchive(to);
    }
  });

  const file = (name: PartName) => partOf(folder, name === "postgres" ? "postgres.dump" : `${name}.tar`);
  const written: Manifest = {
    schema: 1,
    at,
    versions: { postgres: firstLine(postgres), prometheus: firstLine(prometheus) },
    parts: {
      postgres: await file("postgres"),
      prometheus: await file("prometheus"),
      alertmanager: await file("alertmanager"),
    },
  };
  await writeManifest(folder, written);
  return written;
}

/** Whatever happens, Ctrl-C included: it is started again. */
async function whileStopped(name: string, place: Place, work: () => Promise<void>): Promise<void> {
  await must(place, ["stop", name]);
  try {
    await work();
  } finally {
    await must(place, ["start", name]);
  }
}

function firstLine(text: string): string {
  return text.trim().split("\n")[0] ?? "";
}
