export type StackChoice = "auto" | "native" | "compose";

/** What the command line asks for; without objectives of the user's own the stack has some. */
export type AskedLoad = Omit<LoadRequest, "objectives"> & { readonly objectives: string | null };

/** What shall be done; paths are absolute. */
export interface LoadRequest {
  readonly profile: string;
  /** Requests per second of the steady phase; null: the profile's own. */
  readonly rate: number | null;
  /** Seconds of the steady phase; null: the profile's own. */
  readonly duration: number | null;
  readonly objectives: string;
  /** The k6 script; see loadtests/README.md for what it must tell. */
  readonly script: string;
  readonly stack: StackChoice;
  readonly keep: boolean;
  /** Go on where the preflight says that the run cannot prove its objectives. */
  readonly anyway: boolean;
  readonly results: string;
  /** Modules loaded into the API's process before its own code. */
  readonly preload: readonly string[];
}
