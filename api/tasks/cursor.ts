const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The opaque place in a list after the task `id`: the 16 bytes of the UUID in base64url.
 * @param id lower-case UUID
 */
export function encodeCursor(id: string): string {
  return Buffer.from(id.replaceAll("-", ""), "hex").toString("base64url");
}

/** @returns the UUID, or undefined if `cursor` is none of ours */
export function decodeCursor(cursor: string): string | undefined {
  if (!/^[\w-]{22}$/.test(cursor)) return undefined;
  const hex = Buffer.from(cursor, "base64url").toString("hex");
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  // Spare bits of the last character make several spellings of the same bytes: only ours is taken.
  return uuid.test(id) && encodeCursor(id) === cursor ? id : undefined;
}
