import type { Crash } from "../../stack/lib/crash.ts";
import type { Board } from "../lib/progress.ts";
import type { K6End } from "./k6.ts";
import type { LoadRequest } from "./request.ts";
import type { RunFolder } from "./run-folder.ts";

/** What a stack can be made of: plain processes, or containers. Nothing of it is up yet. */
export interface Platform {
  readonly name: "native" | "compose";
  /** Why this one, for people. */
  readonly why: string;
  /** Path of the objectives of the system on it, where the user names none. Throws a Fault. */
  objectives(folder: RunFolder): Promise<string>;
  /** Finds or brings the programs and images that it takes. Throws a Fault. */
  equip(board: Board, signal: AbortSignal): Promise<Equipped>;
}

/** Everything at hand to bring the stack up and to ask k6. */
export interface Equipped {
  /** `k6` at least. */
  readonly versions: Readonly<Record<string, string>>;
  /** k6's own reading of the script, as JSON. Throws a Fault with k6's message. */
  inspect(request: LoadRequest, signal: AbortSignal): Promise<unknown>;
  /** Throws a Fault; whatever it began is gone then. */
  bringUp(order: StackOrder): Promise<LoadStack>;
}

export interface StackOrder {
  readonly request: LoadRequest;
  /** Seconds: the API's histogram gets an edge at each objective's limit. */
  readonly edges: readonly number[];
  readonly folder: RunFolder;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** A system up and ready for a load, and the only way in which a run knows it. */
export interface LoadStack {
  /** Where this machine reaches each part: `prometheus` and `api` at least. */
  readonly addresses: { readonly api: string; readonly prometheus: string; readonly [part: string]: string };
  readonly versions: Readonly<Record<string, string>>;
  /** What came up and how long it took, for people. */
  readonly headline: string;
  /** `JOB,INSTANCE=URL` of pages that Prometheus may not have scraped yet, for the preflight. */
  readonly targets: readonly string[];
  /** Selector of the count of requests at what stands before the API; null where nothing does. */
  readonly frontCounter: string | null;
  /** What others need to find its parts while it is up: `stack.json`. */
  readonly whereabouts: Readonly<Record<string, unknown>>;
  /** Where the API's token is, for people. */
  readonly tokenPlace: string;
  /** Where people watch the load; null without such a place. */
  readonly dashboards: Dashboards | null;
  /** The first part that a verdict rests on and that ended by itself; never rejects. */
  readonly crashed: Promise<Crash>;
  /** Starts k6 on it. Throws a Fault. */
  generate(start: GeneratorStart): Promise<Generator>;
  /** Leaves it up for good, instead of stopping it; null where it ends with this process at the latest. */
  readonly leaveUp: (() => Promise<void>) | null;
  /** Leaves nothing that was not there before, but logs; may be called at any time and as often as wanted. */
  stop(): Promise<void>;
}

export interface GeneratorStart {
  readonly request: LoadRequest;
  readonly runId: string;
  /** k6 leaves its summary here, and its log is written here. */
  readonly summaryFile: string;
  readonly logFile: string;
}

/** k6 under way. */
export interface Generator {
  readonly ended: Promise<K6End>;
  /** Asks k6 to end in order, with its summary. */
  interrupt(): void;
  /** Ends it at once. */
  kill(): void;
  /** Once it has ended: the share (0..1) of the cores it may use that it used; null where that was not measured. */
  cpuShare(): Promise<CpuShare>;
}

/** Between two times, unix seconds. */
export type CpuShare = (from: number, to: number) => number | null;

/** A span of time with a text, on every dashboard; unix seconds. */
export interface Mark {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly tags: readonly string[];
}

export interface Dashboards {
  /** Address of the dashboard of a run (its id) in this span of time, unix seconds. */
  link(run: string, from: number, to: number): string;
  /** Sets a mark, or changes the one of this id; gives its id. Rejects where it is not taken. */
  mark(mark: Mark, id: number | null): Promise<number>;
}
