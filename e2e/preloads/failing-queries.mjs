import { disturbQueries } from "./pg-queries.mjs";

let queries = 0;

/** Every twentieth query on tasks fails: far more than an error share of 1 % forgives. */
disturbQueries((text) => {
  if (!/\btasks\b/i.test(text)) return undefined;
  queries += 1;
  return queries % 20 === 0 ? new Error("disturbed by a preload") : undefined;
});
