import { parse } from "yaml";
import * as z from "zod";

const file = z.object({
  groups: z.array(
    z.looseObject({
      rules: z.array(
        z.looseObject({ record: z.string().optional(), labels: z.record(z.string(), z.string()).optional() }),
      ),
    }),
  ),
});

/** What the recording rules of a file make, as lines of a list of metrics: names, and the labels that the rules set. */
export function recordedBy(text: string): string {
  const rules = file.parse(parse(text)).groups.flatMap((group) => group.rules);
  return rules
    .flatMap(({ record, labels = {} }) => (record === undefined ? [] : [[record, ...Object.keys(labels)].join(" ")]))
    .join("\n");
}
