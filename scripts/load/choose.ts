import { type Engine, findEngine } from "../../stack/compose/engine.ts";
import { demandImages, findImages, type Images } from "../../stack/compose/images.ts";
import { demandFreePorts } from "../../stack/compose/ports.ts";
import { StackError } from "../../stack/lib/errors.ts";
import { Fault } from "../lib/fault.ts";
import { inProject } from "../lib/paths.ts";
import { asFault } from "../lib/stack-fault.ts";
import { composePlatform } from "./compose/platform.ts";
import type { Platform } from "./load-stack.ts";
import { nativePlatform } from "./native/platform.ts";
import type { AskedLoad } from "./request.ts";

/** What the system shall run on, and why. Throws a Fault where that which was asked for cannot be had. */
export async function choosePlatform(asked: AskedLoad, signal: AbortSignal): Promise<Platform> {
  switch (asked.stack) {
    case "native":
      return nativePlatform("native, as asked");
    case "compose":
      return await asAsked(asked, signal);
    case "auto":
      return await auto(asked, signal);
    default:
      return asked.stack satisfies never;
  }
}

async function asAsked(asked: AskedLoad, signal: AbortSignal): Promise<Platform> {
  const hinder = needsNative(asked);
  if (hinder !== null) throw new Fault("stack", `--stack compose: ${hinder}`, "Use --stack native.", 2);
  try {
    const engine = await findEngine(process.env, signal);
    const images = demandImages(await imagesHere(signal));
    return composePlatform(engine, images, `compose, as asked: ${line(engine, images)}`);
  } catch (error) {
    throw asFault(error);
  }
}

/** Compose wherever it can be had, since it is the whole system; else native, which needs no engine. */
async function auto(asked: AskedLoad, signal: AbortSignal): Promise<Platform> {
  const hinder = needsNative(asked);
  if (hinder !== null) return nativePlatform(`native: ${hinder}`);
  try {
    const engine = await findEngine(process.env, signal);
    const images = await imagesHere(signal);
    if (images.kind === "nowhere") {
      return nativePlatform(
        `native: Docker ${engine.engine} is up, but ${images.why} (npm run stack:offline makes them)`,
      );
    }
    await demandFreePorts(images.project, signal);
    return composePlatform(engine, images, `compose: ${line(engine, images)}`);
  } catch (error) {
    // A wrong .env is told in either case: whoever wrote one means to have Compose.
    if (error instanceof StackError && error.code !== "project" && error.code !== "aborted")
      return nativePlatform(`native: ${error.message}`);
    throw asFault(error);
  }
}

function imagesHere(signal: AbortSignal): Promise<Images> {
  return findImages({ folder: inProject("."), env: process.env }, signal);
}

/** A module of this machine cannot be loaded into a process of an image. */
function needsNative({ preload }: AskedLoad): string | null {
  return preload.length > 0 ? "--preload loads a module into the API's process on this machine" : null;
}

function line({ engine, compose }: Engine, images: Exclude<Images, { kind: "nowhere" }>): string {
  const wait = images.kind === "to be pulled" ? "; that takes minutes, once (--stack native starts at once)" : "";
  return `Docker ${engine}, Compose ${compose}, ${images.why}${wait}`;
}
