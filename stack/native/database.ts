import { rm } from "node:fs/promises";
import { join } from "node:path";
import { StackError } from "../lib/errors.ts";
import type { Binaries } from "./binaries.ts";
import { DATA_FOLDER } from "./layout.ts";
import { makeOwnFolder, type PostgresPlace } from "./postgres.ts";
import { prepareData } from "./prepare.ts";
import { findTemplate, keepTemplate, type Template, unpackTemplate } from "./template.ts";
import { readInputs, templateKey } from "./template-key.ts";
import type { NativeOptions } from "./types.ts";

/** Where this stack's data comes from: a template of the cache, or, without one, a preparation kept under this key. */
export interface DataSource {
  readonly folder: string;
  readonly key: string;
  readonly template: Template | null;
}

/** Throws StackError `template-failed` if an input cannot be read. */
export async function findData(options: NativeOptions, binaries: Binaries): Promise<DataSource> {
  const folder = join(options.cacheDir, "database");
  const key = await keyOf(options, binaries);
  return { folder, key, template: await findTemplate(folder, key) };
}

/**
 * Puts a fresh, seeded data folder in place: from the cache, or made now and kept there. Nothing about the cache is
 * fatal: a damaged template is made anew, and one that cannot be kept is made again the next time.
 */
export async function placeData(place: PostgresPlace, source: DataSource, options: NativeOptions): Promise<void> {
  const { household, log } = place;
  const { folder, key, template } = source;
  const target = join(household.folder, DATA_FOLDER);
  if (template !== null && (await tryTemplate(place, template, target, options))) return;

  options.say("preparing the database (once; later runs take it from the cache)");
  await prepareData({ ...place, log: join(options.logDir, "prepare.log") }, options.api);
  await keepTemplate(household, target, folder, key, log).catch((error: unknown) => {
    if (household.closing.aborted) throw error;
    options.say(
      `the prepared database could not be kept in ${folder} (${reason(error)}); the next run prepares it again`,
    );
  });
}

async function tryTemplate(
  place: PostgresPlace,
  template: Template,
  target: string,
  options: NativeOptions,
): Promise<boolean> {
  await makeOwnFolder(target, place.account);
  try {
    await unpackTemplate(place.household, template, target, place.account, place.log);
    return true;
  } catch (error) {
    // A whole template that cannot be unpacked (a full disk) would not be made anew either.
    if (error instanceof StackError) throw notUnpacked(error);
    options.say(`the prepared database in the cache is damaged (${reason(error)}); it is made anew`);
    await Promise.all([rm(template.path, { force: true }), rm(target, { recursive: true, force: true })]);
    return false;
  }
}

function notUnpacked(error: StackError): StackError {
  if (error.code === "aborted") return error;
  const { message, hint, log } = error;
  return new StackError("template-failed", `The prepared database could not be unpacked: ${message}`, hint, {
    log,
    cause: error,
  });
}

async function keyOf({ api, templateInputs }: NativeOptions, binaries: Binaries): Promise<string> {
  try {
    const inputs = await readInputs(templateInputs);
    const platform = `${process.platform}-${process.arch}`;
    return templateKey({ version: binaries.version, platform, commands: [api.migrate, api.seed], inputs });
  } catch (cause) {
    throw new StackError(
      "template-failed",
      `The database could not be prepared: ${reason(cause)}`,
      "Every input of the prepared database must be readable.",
      { cause },
    );
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
