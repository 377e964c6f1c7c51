/** Ends a `switch` over a closed set: the compiler refuses it while a case is missing, and at run time nothing passes by. */
export function unreachable(value: never): never {
  throw new TypeError(`Nothing is known of ${JSON.stringify(value)}`);
}
