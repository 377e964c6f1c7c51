import { describe, expect, it } from "vitest";
import { explainDatabaseError, isSchemaMissing, isUnavailable } from "./errors.ts";

function coded(code: string, message = "it failed"): Error {
  return Object.assign(new Error(message), { code });
}

describe("isUnavailable", () => {
  it.each([
    "ECONNREFUSED",
    "ECONNRESET",
    "57P01",
    "57P03",
    "57014",
    "53300",
    "08006",
    "28P01",
    "3D000",
    "EHOSTUNREACH",
    "ENETUNREACH",
  ])("takes %s as absence", (code) => {
    expect(isUnavailable(coded(code))).toBe(true);
  });

  it.each(["23505", "22P02", "42601", "42P01"])("takes %s as a refusal of the statement", (code) => {
    expect(isUnavailable(coded(code))).toBe(false);
  });

  it("knows what pg and its pool throw without a code", () => {
    expect(isUnavailable(new Error("timeout exceeded when trying to connect"))).toBe(true);
    expect(isUnavailable(new Error("Connection terminated unexpectedly"))).toBe(true);
    expect(isUnavailable(new Error("Query read timeout"))).toBe(true);
    expect(isUnavailable(new Error("cannot read properties of undefined"))).toBe(false);
  });

  it("looks into the attempts of several addresses", () => {
    expect(isUnavailable(new AggregateError([coded("ECONNREFUSED")]))).toBe(true);
    expect(isUnavailable(new AggregateError([coded("22P02")]))).toBe(false);
  });

  it("does not take what is no error for absence", () => {
    expect(isUnavailable("ECONNREFUSED")).toBe(false);
  });
});

describe("explainDatabaseError", () => {
  it.each([
    [
      coded("ECONNREFUSED", "connect refused"),
      "PostgreSQL cannot be reached (connect refused); start it or correct DATABASE_URL",
    ],
    [
      coded("28P01", "bad password"),
      "PostgreSQL refused the login (bad password); check user and password in DATABASE_URL",
    ],
    [
      coded("3D000", 'database "x" does not exist'),
      'database "x" does not exist; create it or name another in DATABASE_URL',
    ],
    [coded("42P01"), "the database lacks our tables; run `node api/migrate.ts` first"],
    [
      new Error("timeout exceeded when trying to connect"),
      "no connection came free in time; PostgreSQL is slow, or DB_POOL_MAX too small",
    ],
    [coded("23505", "duplicate key"), "duplicate key"],
  ])("says cause and remedy of %s", (error, message) => {
    expect(explainDatabaseError(error)).toBe(message);
  });

  it("has words for an error without a message", () => {
    const error = Object.assign(new AggregateError([coded("ECONNREFUSED", "connect ECONNREFUSED ::1:5432")]), {
      code: "ECONNREFUSED",
    });
    expect(explainDatabaseError(error)).toContain("connect ECONNREFUSED ::1:5432");
  });
});

describe("isSchemaMissing", () => {
  it("tells a missing table from a missing server", () => {
    expect(isSchemaMissing(coded("42P01"))).toBe(true);
    expect(isSchemaMissing(coded("ECONNREFUSED"))).toBe(false);
  });
});
