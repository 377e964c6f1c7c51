import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Binaries } from "./binaries.ts";
import { StackError } from "./errors.ts";
import { DATA_FOLDER } from "./layout.ts";
import { makeOwnFolder, type PostgresPlace } from "./postgres.ts";
import { prepareData } from "./prepare.ts";
import { findTemplate, keepTemplate, type Template, unpackTemplate } from "./template.ts";
import { readInputs, templateKey } from "./template-key.ts";
import type { NativeOptions } from "./types.ts";

/**
 * Puts a fresh, seeded data folder in place: from the cache, or made now and kept there. Nothing about the cache is
 * fatal: a damaged template is made anew, and one that cannot be kept is made again the next time.
 */
export async function provideData(place: PostgresPlace, options: NativeOptions, password: string): Promise<void> {
  const { household, log } = place;
  const target = join(household.folder, DATA_FOLDER);
  const folder = join(options.cacheDir, "database");
  const key = await keyOf(options, place.binaries);
  const template = await findTemplate(folder, key);
  if (template !== null && (await tryTemplate(place, template, target, options))) return;

  options.say("preparing the database (once; later runs take it from the cache)");
  await prepareData({ ...place, log: join(options.logDir, "prepare.log") }, options.api, password);
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
    if (place.household.closing.aborted) throw error;
    options.say(`the prepared database in the cache is damaged (${reason(error)}); it is made anew`);
    await Promise.all([rm(template.path, { force: true }), rm(target, { recursive: true, force: true })]);
    return false;
  }
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
