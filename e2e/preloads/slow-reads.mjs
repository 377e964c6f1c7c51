import { disturbQueries } from "./pg-queries.mjs";

let reads = 0;

/** Every twelfth read of tasks takes 600 ms longer: eight per cent, far beyond what a p99 forgives. */
disturbQueries((text) => {
  if (!/^\s*select/i.test(text) || !/\btasks\b/i.test(text)) return undefined;
  reads += 1;
  return reads % 12 === 0 ? 600 : undefined;
});
