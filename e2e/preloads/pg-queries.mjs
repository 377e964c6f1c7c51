import pg from "pg";

const original = pg.Client.prototype.query;

/**
 * Puts `disturb` before every query: it returns nothing to let the query pass, a number of milliseconds to hold it
 * back, or an Error to fail it with. Both of pg's calling styles are served.
 */
export function disturbQueries(disturb) {
  pg.Client.prototype.query = function query(...args) {
    const first = args[0];
    const text = typeof first === "string" ? first : (first?.text ?? "");
    const what = disturb(text);
    if (what === undefined) return original.apply(this, args);
    const callback = typeof args.at(-1) === "function" ? args.at(-1) : null;
    if (what instanceof Error) {
      if (callback === null) return Promise.reject(what);
      process.nextTick(callback, what);
      return undefined;
    }
    if (callback === null) {
      return new Promise((resolve) => setTimeout(resolve, what)).then(() => original.apply(this, args));
    }
    setTimeout(() => original.apply(this, args), what);
    return undefined;
  };
}
