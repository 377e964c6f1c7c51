import { existsSync } from "node:fs";
import { join } from "node:path";
import { StackError } from "../lib/errors.ts";
import { docker } from "./docker.ts";
import { type Config, OFFLINE_FILE, type Place, type Project, readProject } from "./project.ts";

/** Where a project's images are: all here; or so many are missing, which a registry has or nobody answers for. */
export type Images =
  | { readonly kind: "here"; readonly project: Project; readonly why: string }
  | {
      readonly kind: "to be pulled";
      readonly project: Project;
      readonly missing: readonly string[];
      readonly why: string;
    }
  | { readonly kind: "nowhere"; readonly missing: readonly string[]; readonly why: string };

/** Milliseconds that a registry has to say whether it has an image. */
const REGISTRY_WITHIN = 6_000;

/**
 * Which images the project can run on: the registries' where all are here, else those made offline where all are here,
 * else the registries' again where these answer. Throws as `readProject` and `docker` do.
 */
export async function findImages(place: Omit<Place, "images">, signal?: AbortSignal): Promise<Images> {
  const registry = await readProject({ ...place, images: "registry" }, signal);
  const missing = await missingImages(registry, signal);
  if (missing.length === 0) return { kind: "here", project: registry, why: "all images are here" };
  if (existsSync(join(place.folder, OFFLINE_FILE))) {
    const offline = await readProject({ ...place, images: "offline" }, signal);
    const missingOffline = await missingImages(offline, signal);
    if (missingOffline.length === 0)
      return {
        kind: "here",
        project: offline,
        why: `with the images made offline from Debian's packages${without(registry, offline)}`,
      };
  }
  if (await canPull(missing, place.env, signal)) {
    return { kind: "to be pulled", project: registry, missing, why: `${amount(missing)} to be pulled first` };
  }
  return { kind: "nowhere", missing, why: `${amount(missing)} missing, and no registry answers for them` };
}

/** Throws StackError `image-missing` for images that can be had nowhere. */
export function demandImages(images: Images): Exclude<Images, { kind: "nowhere" }> {
  if (images.kind !== "nowhere") return images;
  const text = `The stack's images cannot be had: ${images.missing.join(", ")} are not here and no registry answers.`;
  throw new StackError("image-missing", text, "Check the network, or make them from packages: npm run stack:offline");
}

/** Images that must be there before anything is built or started; sorted. */
export function neededImages({ services }: Config): string[] {
  const needed = Object.values(services).flatMap(({ image, build }) =>
    build === undefined ? (image ?? []) : Object.values(build.args ?? {}).flatMap((value) => value ?? []),
  );
  return [...new Set(needed)].sort();
}

async function missingImages(project: Project, signal?: AbortSignal): Promise<string[]> {
  const options = { env: project.env, within: 20_000, ...(signal === undefined ? {} : { signal }) };
  const here = await Promise.all(
    neededImages(project.config).map(async (image) => {
      const { code } = await docker(["image", "inspect", "--format", "{{.Id}}", image], options);
      return { image, there: code === 0 };
    }),
  );
  return here.filter(({ there }) => !there).map(({ image }) => image);
}

async function canPull(missing: readonly string[], env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<boolean> {
  const options = { env, within: REGISTRY_WITHIN, ...(signal === undefined ? {} : { signal }) };
  const answers = await Promise.all(
    missing.map((image) =>
      docker(["manifest", "inspect", image], options).then(
        ({ code }) => code === 0,
        (error: unknown) => {
          if (error instanceof StackError && error.code === "aborted") throw error;
          return false;
        },
      ),
    ),
  );
  return answers.every((answered) => answered);
}

/** What the offline override leaves out, such as Grafana. */
function without(registry: Project, offline: Project): string {
  const left = Object.keys(registry.config.services).filter((name) => !(name in offline.config.services));
  return left.length === 0 ? "" : `, without ${left.join(", ")}`;
}

function amount(images: readonly string[]): string {
  return images.length === 1 ? "1 image is" : `${images.length} images are`;
}
