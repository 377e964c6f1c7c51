import { expect, test } from "vitest";
import { databaseUrl, postgresSettings } from "./postgres.ts";

const place = { port: 5433, socketFolder: "/t/socket", statementStatistics: true };

test("what serves is as durable as PostgreSQL's defaults make it", () => {
  expect(postgresSettings("serving", place)).toEqual({
    listen_addresses: "127.0.0.1",
    port: "5433",
    unix_socket_directories: "/t/socket",
    dynamic_shared_memory_type: "mmap",
    shared_preload_libraries: "pg_stat_statements",
  });
});

test("what prepares is not", () => {
  expect(postgresSettings("preparing", place)).toMatchObject({ fsync: "off", synchronous_commit: "off" });
});

test("statement statistics are loaded only where they exist", () => {
  expect(postgresSettings("serving", { ...place, statementStatistics: false })).not.toHaveProperty(
    "shared_preload_libraries",
  );
});

test("the API connects by TCP as its own role", () => {
  expect(databaseUrl(5433, "abc")).toBe("postgres://tasks:abc@127.0.0.1:5433/tasks");
});
