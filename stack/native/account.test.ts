import { expect, test } from "vitest";
import { parseNobody } from "./account.ts";

test.each([
  ["root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65533:nobody:/:/usr/sbin/nologin\n", { uid: 65534, gid: 65533 }],
  ["nobody:*:-2:-2:Unprivileged User:/var/empty:/usr/bin/false\n", { uid: -2, gid: -2 }],
  ["root:x:0:0::/:/bin/sh\nnobodys:x:1:1::/:/bin/sh\n", null],
])("the user nobody of %j", (passwd, account) => {
  expect(parseNobody(passwd)).toEqual(account);
});
