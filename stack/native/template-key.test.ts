import { expect, test } from "vitest";
import { type TemplateFacts, templateKey } from "./template-key.ts";

const good: TemplateFacts = {
  version: "18.4",
  platform: "linux-x64",
  commands: [
    { command: "/a/node", args: ["/clone/api/migrate.ts"] },
    { command: "/a/node", args: ["/clone/api/seed.ts", "--tasks", "1000", "--seed", "1"] },
  ],
  inputs: [
    { name: "migrations/1.sql", digest: "aa" },
    { name: "seed.ts", digest: "bb" },
  ],
};

test("clones in different folders, whose files come in another order, share a template", () => {
  const elsewhere = good.commands.map(({ args }) => ({
    command: "/b/node",
    args: args.map((arg) => arg.replace("/clone", "/other")),
  }));
  expect(templateKey({ ...good, commands: elsewhere, inputs: good.inputs.toReversed() })).toBe(templateKey(good));
});

test.each<[string, Partial<TemplateFacts>]>([
  ["PostgreSQL's version", { version: "18.5" }],
  ["the platform", { platform: "linux-arm64" }],
  [
    "the number of tasks",
    {
      commands: good.commands.map((each) => ({
        ...each,
        args: each.args.map((arg) => (arg === "1000" ? "2000" : arg)),
      })),
    },
  ],
  ["a file's content", { inputs: [{ name: "migrations/1.sql", digest: "ac" }, ...good.inputs.slice(1)] }],
  ["a file's name", { inputs: [{ name: "migrations/2.sql", digest: "aa" }, ...good.inputs.slice(1)] }],
  ["a further file", { inputs: [...good.inputs, { name: "migrations/2.sql", digest: "cc" }] }],
])("%s makes another template", (_, mutation) => {
  expect(templateKey({ ...good, ...mutation })).not.toBe(templateKey(good));
});

test("a key is 32 hex digits", () => {
  expect(templateKey(good)).toMatch(/^[0-9a-f]{32}$/);
});
