import pg from "pg";

/**
 * Turns PostgreSQL's text of a timestamptz into RFC 3339 in UTC.
 * Slicing spares a Date and its formatting for each column of each row where the session runs in UTC.
 */
export function isoTimestamp(text: string): string {
  if (text.endsWith("+00")) return `${text.slice(0, 10)}T${text.slice(11, -3)}Z`;
  return new Date(text.replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00")).toISOString();
}

/** pg's own parsers, but timestamptz as RFC 3339 text. */
export const isoTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: "text" | "binary") =>
    oid === pg.types.builtins.TIMESTAMPTZ && format !== "binary"
      ? isoTimestamp
      : pg.types.getTypeParser(oid, format ?? "text"),
};
