import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import * as z from "zod";
import { docker } from "../../compose/docker.ts";

export type GrafanaImage = { readonly kind: "here" } | { readonly kind: "none"; readonly why: string };

const compose = z.object({ "x-images": z.object({ grafana: z.string() }) });

/** Milliseconds: whether a registry can be reached shows at once; to bring the image takes its time. */
const REACHED_WITHIN = 8_000;
const BROUGHT_WITHIN = 240_000;

/** Grafana's image, as docker-compose.yml names it: brought where it is not here; or why it cannot be had. */
export async function grafanaImage(): Promise<GrafanaImage> {
  try {
    const file = await readFile(new URL("../../../docker-compose.yml", import.meta.url), "utf8");
    const image = compose.parse(parse(file))["x-images"].grafana;
    const here = await docker(["image", "inspect", image], { within: REACHED_WITHIN });
    if (here.code === 0) return { kind: "here" };
    const there = await docker(["manifest", "inspect", image], { within: REACHED_WITHIN });
    if (there.code !== 0) return { kind: "none", why: `${image} is not here, and no registry gives it` };
    const brought = await docker(["pull", "--quiet", image], { within: BROUGHT_WITHIN });
    return brought.code === 0 ? { kind: "here" } : { kind: "none", why: `${image}: ${brought.stderr.trim()}` };
  } catch (error) {
    return { kind: "none", why: error instanceof Error ? error.message : String(error) };
  }
}
