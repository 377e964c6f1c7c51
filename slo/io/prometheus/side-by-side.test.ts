import { describe, expect, it } from "vitest";
import { sideBySide } from "./side-by-side.ts";

describe("sideBySide", () => {
  it("keeps the items' order and never has more under way than its width", async () => {
    let underWay = 0;
    let most = 0;
    const results = await sideBySide([3, 1, 2, 5, 4], 2, async (item) => {
      underWay += 1;
      most = Math.max(most, underWay);
      for (let turn = 0; turn < item; turn += 1) await Promise.resolve();
      underWay -= 1;
      return item * 10;
    });
    expect(results).toEqual([30, 10, 20, 50, 40]);
    expect(most).toBe(2);
  });

  it("is done at once with nothing to do", async () => {
    expect(await sideBySide([], 8, () => Promise.reject(new Error("asked")))).toEqual([]);
  });

  it("rejects with the first failure", async () => {
    await expect(sideBySide([1, 2], 1, (item) => Promise.reject(new Error(`failed ${item}`)))).rejects.toThrow(
      "failed 1",
    );
  });
});
