/** The caller's environment, less the PG… variables, by which a user's own PostgreSQL would reach into ours. */
export function apiEnvironment(from: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(from).filter(([name]) => !name.startsWith("PG")));
}
