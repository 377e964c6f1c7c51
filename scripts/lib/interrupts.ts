/** A terminal's Ctrl-C reaches us and the bootstrap, which passes it on: what comes this close is one and the same. */
const SAME_SIGNAL_MS = 1000;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export interface Interrupts {
  /** Aborted by the first signal: stop the load, judge what there is, tear down. */
  readonly first: AbortSignal;
  /** Aborted by a later one: tear down at once. */
  readonly second: AbortSignal;
  readonly received: () => NodeJS.Signals | null;
  readonly release: () => void;
}

export function catchInterrupts(): Interrupts {
  const first = new AbortController();
  const second = new AbortController();
  let name: NodeJS.Signals | null = null;
  let at = 0;
  const onSignal = (signal: NodeJS.Signals) => {
    const now = Date.now();
    if (name === null) {
      name = signal;
      at = now;
      first.abort();
    } else if (now - at > SAME_SIGNAL_MS) {
      second.abort();
    }
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return {
    first: first.signal,
    second: second.signal,
    received: () => name,
    release: () => {
      for (const signal of SIGNALS) process.off(signal, onSignal);
    },
  };
}
