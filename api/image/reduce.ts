/** What is read of npm's lock file (version 3) and of package.json; other fields are kept as they are. */
export interface Lock {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

const IMPORT = /^(?!import type|export type).*?\bfrom "([^".][^"]*)"|^import "([^".][^"]*)"/gm;

/** Names of the packages that sources import at run time: neither Node's own modules nor types. */
export function packagesIn(sources: readonly string[]): readonly string[] {
  const specifiers = sources.flatMap((source) =>
    [...source.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? ""),
  );
  const names = specifiers.filter((specifier) => !specifier.startsWith("node:")).map(nameIn);
  return [...new Set(names)].sort();
}

function nameIn(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

/**
 * The lock of a project that depends on `names` alone: the same versions and hashes, without what nothing needs.
 * Optional dependencies stay named, as `npm ci` wants them. Throws an Error where the lock does not hold a package.
 */
export function reduceLock<L extends Lock>(lock: L, names: readonly string[]): L {
  const kept = new Set<string>();
  const keep = (name: string, from: string) => {
    const place = placeOf(lock, name, from);
    if (place === null) throw new Error(`${name}, which ${from || "the API"} needs, is not in package-lock.json`);
    if (kept.has(place)) return;
    kept.add(place);
    for (const next of needsOf(lock.packages[place] ?? {})) keep(next, place);
  };
  for (const name of names) keep(name, "");
  const root = reducePackage(lock.packages[""] ?? {}, names);
  const rest = Object.entries(lock.packages).filter(([place]) => kept.has(place));
  return { ...lock, packages: { "": root, ...Object.fromEntries(rest) } };
}

/** package.json, or the lock's own entry for it, with these dependencies and no others. */
export function reducePackage<P extends LockedPackage>(manifest: P, names: readonly string[]): P {
  const { devDependencies: _, optionalDependencies: __, ...rest } = manifest as P & Record<string, unknown>;
  const dependencies = Object.entries(manifest.dependencies ?? {}).filter(([name]) => names.includes(name));
  return { ...rest, dependencies: Object.fromEntries(dependencies) } as P;
}

function needsOf({
  dependencies = {},
  optionalDependencies = {},
  peerDependencies = {},
  peerDependenciesMeta = {},
}: LockedPackage) {
  const peers = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional !== true);
  return [...Object.keys(dependencies), ...Object.keys(optionalDependencies), ...peers];
}

/** Where a package finds another, as Node looks for it: in its own folder first, then upwards. */
function placeOf({ packages }: Lock, name: string, from: string): string | null {
  const own = `${from === "" ? "" : `${from}/`}node_modules/${name}`;
  if (packages[own] !== undefined) return own;
  if (from === "") return null;
  const above = from.lastIndexOf("/node_modules/");
  return placeOf({ packages }, name, above === -1 ? "" : from.slice(0, above));
}
