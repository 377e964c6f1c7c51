export type ToolName = "k6" | "prometheus" | "prometheus2" | "promtool" | "alertmanager" | "amtool" | "actionlint";
export type WayName = "path" | "cache" | "release" | "debian" | "gomodule";
/** The ways that put something new into the cache. */
export type BringingWay = Exclude<WayName, "path" | "cache">;

/** One row of the table: what is wanted, and how it may be had. */
export interface Tool {
  readonly name: ToolName;
  /** The program's own name, by which it is looked for and says its version. */
  readonly program: string;
  /** What is brought where the version is ours to choose. */
  readonly version: string;
  /** Versions that serve as well, from least (inclusive) to below (exclusive). */
  readonly serves: { readonly least: string; readonly below: string };
  /** What it is needed for, in a few words. */
  readonly use: string;
  /** Arguments that make it print its version. */
  readonly ask: readonly string[];
  /** Ways, in the order they are tried. */
  readonly how: readonly WayName[];
  readonly release: ReleaseSource;
  /** null: Debian has none. */
  readonly debian: DebianSource | null;
  /** null: not built here. */
  readonly module: ModuleSource | null;
}

/** A binary package of Debian, the suite that has it in a version that serves, and the program's place in it. */
export interface DebianSource {
  readonly suite: string;
  readonly package: string;
  readonly program: string;
}

/** An archive on the project's release page, beside a file of SHA-256 sums. */
export interface ReleaseSource {
  readonly repository: string;
  readonly tag: string;
  readonly sums: string;
  readonly archive: (machine: Machine) => string;
  /** The program's place in the archive. */
  readonly program: (machine: Machine) => string;
}

export interface ModuleSource {
  readonly path: string;
  readonly version: string;
  /** The module's hash, as go.sum has it. */
  readonly sum: string;
  /** Package of the command, from the module's root. */
  readonly command: string;
  readonly tags: readonly string[];
  readonly ldflags: string;
  /** How long a build takes on 2 cores, in words. */
  readonly takes: string;
}

export interface Machine {
  readonly platform: "linux" | "darwin";
  readonly arch: "x64" | "arm64";
}

/** A program that serves. */
export interface FoundTool {
  readonly name: ToolName;
  readonly version: string;
  readonly path: string;
  readonly from: WayName;
  readonly why: string;
  /** Why what came before it on PATH does not serve, where there was any. */
  readonly passedOver?: string;
}

/** A way tried in vain. */
export interface Miss {
  readonly way: WayName;
  readonly why: string;
}
