import { expect, it } from "vitest";
import { readAddress } from "./address.ts";
import { scrubbed, secretsOf } from "./secrets.ts";

it("takes every form of a credential out of a text, and no short word", () => {
  const headers = [
    { name: "X-Scope-OrgID", value: "1" },
    { name: "X-Key", value: "k3y-of-ours" },
  ];
  const credentials = { token: null, username: null, password: null, headers };
  const reading = readAddress("http://me:pass%20word@host", credentials);
  if (reading.kind === "problem") throw new Error(reading.text);
  const said = `1 Basic ${btoa("me:pass word")}, ${btoa("me:pass word")}, pass word, pass%20word, k3y-of-ours`;
  expect(scrubbed(said, secretsOf(reading.address))).toBe("1 ***, ***, ***, ***, ***");
});
