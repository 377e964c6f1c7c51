export interface LockOptions {
  /** Called once, with the holder's process id, before the wait begins. */
  readonly onWait?: (holder: number) => void;
  /** Milliseconds without a sign of life after which a lock counts as left behind. */
  readonly stale?: number;
  readonly signal?: AbortSignal;
}

/** Runs `work` while no other process on this cache does; a lock left by a dead process is taken over. */
export function withLock<T>(path: string, work: () => Promise<T>, options?: LockOptions): Promise<T>;
