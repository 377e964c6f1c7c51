/** What npm's output means, and what to do. */
export function explain(output: string, root: string): Error & { readonly hint: string; readonly exitCode: number };
