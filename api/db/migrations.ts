import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";
import { isSchemaMissing } from "./errors.ts";

export const migrationsDirectory = join(import.meta.dirname, "../migrations");
export const migrationsTable = "pgmigrations";

/** Names of the migrations this build knows, in order. */
export async function knownMigrations(): Promise<string[]> {
  const files = await readdir(migrationsDirectory);
  return files
    .filter((file) => file.endsWith(".sql"))
    .map((file) => file.slice(0, -".sql".length))
    .sort();
}

/** Those of `known` that the database has not run. Migrations that only a newer build knows do not matter. */
export async function pendingMigrations(pool: pg.Pool, known: string[]): Promise<string[]> {
  try {
    const result = await pool.query<{ name: string }>(`SELECT name FROM ${migrationsTable}`);
    const run = new Set(result.rows.map((row) => row.name));
    return known.filter((name) => !run.has(name));
  } catch (error) {
    if (isSchemaMissing(error)) return known;
    throw error;
  }
}
