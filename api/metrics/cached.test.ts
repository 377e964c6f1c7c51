import { describe, expect, it } from "vitest";
import { cached } from "./cached.ts";

const limits = { ttl: 100, timeout: 5, maxAge: 1000 };

/** A source whose loads the test settles, under a clock that the test moves. */
function setUp() {
  const state = { now: 0, loads: [] as PromiseWithResolvers<number>[] };
  const load = () => {
    const pending = Promise.withResolvers<number>();
    state.loads.push(pending);
    return pending.promise;
  };
  return { state, get: cached(load, limits, () => state.now) };
}

describe("cached", () => {
  it("asks once for any number of callers", async () => {
    const { state, get } = setUp();
    const callers = [get(), get(), get()];
    expect(state.loads).toHaveLength(1);
    state.loads[0]?.resolve(7);
    expect(await Promise.all(callers)).toEqual([7, 7, 7]);
  });

  it("gives what it has for as long as its ttl, then asks again", async () => {
    const { state, get } = setUp();
    const first = get();
    state.loads[0]?.resolve(1);
    await first;
    state.now = 99;
    expect(await get()).toBe(1);
    expect(state.loads).toHaveLength(1);
    state.now = 100;
    const second = get();
    state.loads[1]?.resolve(2);
    expect(await second).toBe(2);
  });

  it("gives the last value where the source is slow, and none once that is too old", async () => {
    const { state, get } = setUp();
    const first = get();
    state.loads[0]?.resolve(1);
    await first;
    state.now = 999;
    expect(await get()).toBe(1);
    state.now = 1000;
    expect(await get()).toBeUndefined();
    // Still the one load that never came back: no pile of queries on a slow database.
    expect(state.loads).toHaveLength(2);
  });

  it("has nothing to give before the first value", async () => {
    const { get } = setUp();
    expect(await get()).toBeUndefined();
  });

  it("outlives a source that fails, and one that then succeeds is believed", async () => {
    const { state, get } = setUp();
    const first = get();
    state.loads[0]?.reject(new Error("away"));
    expect(await first).toBeUndefined();
    const second = get();
    state.loads[1]?.resolve(2);
    expect(await second).toBe(2);
  });
});
