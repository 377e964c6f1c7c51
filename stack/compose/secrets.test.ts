import { expect, test } from "vitest";
import { redactKnown } from "./secrets.ts";

const hex = "0123456789abcdef".repeat(4);

test.each([
  ["postgres://task_api:hunter2@postgres:5432/tasks", "postgres://task_api:***@postgres:5432/tasks"],
  ["password=hunter2 user=me", "password=*** user=me"],
  ['{"token":"hunter2","id":7}', '{"token":"***","id":7}'],
  ["Authorization: Bearer hunter2", "Authorization: ***"],
  ["sent bearer hunter2 to it", "sent bearer *** to it"],
  [`made ${hex}`, "made ***"],
])("%s", (text, expected) => {
  expect(redactKnown(text)).toBe(expected);
});

test.each(["GET /tasks 200 3 ms", "http://127.0.0.1:8080/openapi.json", "task 01a205b6-ab22-75ca-ac3a-3ce765d7bd55"])(
  "%s stays",
  (text) => {
    expect(redactKnown(text)).toBe(text);
  },
);
