export interface Difference {
  readonly file: string;
  readonly kind: "changed" | "missing" | "left over";
}

/** What would have to be written, or removed, for the files to be what the code says. */
export function differences(
  wanted: ReadonlyMap<string, string>,
  present: ReadonlyMap<string, string>,
): readonly Difference[] {
  const lacking = [...wanted].flatMap(([file, text]): Difference[] => {
    const there = present.get(file);
    if (there === text) return [];
    return [{ file, kind: there === undefined ? "missing" : "changed" }];
  });
  const leftOver = [...present.keys()].filter((file) => !wanted.has(file));
  return [...lacking, ...leftOver.map((file): Difference => ({ file, kind: "left over" }))];
}
