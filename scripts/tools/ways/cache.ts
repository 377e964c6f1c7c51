import { entriesOf } from "../store.ts";
import { verify } from "../version.ts";
import { type Look, missed } from "../way.ts";

/** What an earlier run brought, in this clone or another. */
export const cache: Look = async (tool, shop) => {
  const reasons: string[] = [];
  for (const { file, origin } of await entriesOf(tool, shop)) {
    const verified = await verify(tool, file, shop.signal);
    if (verified.kind === "serves") {
      const { version } = verified;
      return {
        kind: "found",
        found: { name: tool.name, version, path: file, from: "cache", why: `came by ${origin}` },
      };
    }
    reasons.push(verified.why);
  }
  return missed(reasons.length === 0 ? `none in ${shop.cache}` : reasons.join("; "));
};
