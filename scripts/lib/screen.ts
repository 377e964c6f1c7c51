/** Where progress is written, and what it can show. */
export interface Screen {
  readonly write: (text: string) => void;
  /** Lines may be drawn over: a terminal, and not in CI. */
  readonly tty: boolean;
  readonly color: boolean;
  readonly columns: () => number;
}

/** NO_COLOR counts where it is not empty (no-color.org). */
export function screenOf(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): Screen {
  const tty = stream.isTTY === true && !env.CI && env.TERM !== "dumb";
  return {
    write: (text) => stream.write(text),
    tty,
    color: tty && !env.NO_COLOR,
    columns: () => stream.columns ?? 80,
  };
}
