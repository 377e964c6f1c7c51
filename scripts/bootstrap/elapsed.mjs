const QUIET = 2;

/**
 * A line on stderr with the seconds passed, for work that takes more than two of them: every second at a terminal,
 * every 15 seconds elsewhere. The function given back ends it, with a last line where a text is given.
 * @param {string} text
 * @returns {(last: string | null) => void}
 */
export function elapsed(text) {
  const started = Date.now();
  const tty = process.stderr.isTTY === true && !process.env.CI;
  const clear = tty ? "\r\u001b[K" : "";
  let shown = 0;
  const timer = setInterval(() => {
    const seconds = Math.round((Date.now() - started) / 1000);
    if (seconds < QUIET || (!tty && shown !== 0 && seconds - shown < 15)) return;
    shown = seconds;
    process.stderr.write(`${clear}bootstrap: ${text} … ${seconds} s${tty ? "" : "\n"}`);
  }, 1000);
  return (last) => {
    clearInterval(timer);
    const seconds = Math.round((Date.now() - started) / 1000);
    if (shown !== 0) process.stderr.write(clear);
    if (last !== null && shown !== 0) process.stderr.write(`bootstrap: ${last} in ${seconds} s\n`);
  };
}
