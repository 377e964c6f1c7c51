/** Milliseconds. */
export interface CacheLimits {
  /** A value younger than this is given without asking again. */
  ttl: number;
  /** Nobody waits longer than this for a fresh value. */
  timeout: number;
  /** An older value is not given at all: no data is better than stale data. */
  maxAge: number;
}

/**
 * Remembers what `load` last gave. Any number of callers cause one load at a time, and none of them an error.
 * @param now milliseconds on any steady clock
 * @returns the value, or undefined if there is none young enough
 */
export function cached<Value>(
  load: () => Promise<Value>,
  limits: CacheLimits,
  now: () => number,
): () => Promise<Value | undefined> {
  let last: { value: Value; at: number } | undefined;
  let loading: Promise<void> | undefined;

  const refresh = (): Promise<void> => {
    loading ??= load()
      .then(
        (value) => {
          last = { value, at: now() };
        },
        () => undefined,
      )
      .finally(() => {
        loading = undefined;
      });
    return loading;
  };
  const younger = (age: number): boolean => last !== undefined && now() - last.at < age;

  return async () => {
    if (!younger(limits.ttl)) {
      const patience = Promise.withResolvers<void>();
      const timer = setTimeout(patience.resolve, limits.timeout);
      await Promise.race([refresh(), patience.promise]);
      clearTimeout(timer);
    }
    return younger(limits.maxAge) ? last?.value : undefined;
  };
}
