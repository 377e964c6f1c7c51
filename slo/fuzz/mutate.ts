import type { Mutation } from "./mutation.ts";
import type { Scene } from "./scenes.ts";

/** An answer on its way: JSON as long as it is one, then text. */
export interface Reply {
  readonly metric: string;
  readonly status: number;
  readonly body: unknown;
  /** In place of the body, once it is no JSON. */
  readonly text: string | null;
}

interface Item {
  metric?: Record<string, string>;
  values?: [unknown, unknown][];
  value?: [unknown, unknown];
  /** In place of values, and of the value. */
  histograms?: [unknown, unknown][];
  histogram?: [unknown, unknown];
  [key: string]: unknown;
}

export function repliesOf({ told }: Pick<Scene, "told">): readonly Reply[] {
  return told.map(({ request, body }) => ({
    metric: "metric" in request ? request.metric : "",
    status: 200,
    body,
    text: null,
  }));
}

/** The answers with the change; as they were where there is nothing that it could change. */
export function mutate(replies: readonly Reply[], mutation: Mutation): readonly Reply[] {
  switch (mutation.kind) {
    case "text":
      return at(replies, mutation.answer, (reply) => ({ ...reply, text: mutation.text }));
    case "cut":
      return at(replies, mutation.answer, (reply) => {
        const text = textOf(reply);
        return { ...reply, text: text.slice(0, Math.floor(mutation.at * (text.length - 1))) };
      });
    case "bytes":
      return at(replies, mutation.answer, (reply) => {
        const text = textOf(reply);
        const from = Math.floor(mutation.at * text.length);
        return { ...reply, text: text.slice(0, from) + mutation.insert + text.slice(from + mutation.remove) };
      });
    case "status":
      return at(replies, mutation.answer, (reply) => ({ ...reply, status: mutation.status }));
    case "crossed":
      return at(replies, mutation.answer, (reply) => {
        const other = replies[mutation.with % replies.length];
        return other === undefined ? reply : { ...reply, status: other.status, body: other.body, text: other.text };
      });
    case "envelope":
      return at(replies, mutation.answer, (reply) => edited(reply, (body) => set(body, mutation.path, mutation.value)));
    case "all-twice":
      return replies.map((reply) => {
        const again = (item: Item) => [item, { ...item, metric: { ...item.metric, [mutation.label]: "other" } }];
        return items(reply, (list) => list.flatMap(again));
      });
    case "no-scrape":
      return withoutScrape(replies, mutation.sample);
    case "no-clock":
      return ofMetric(replies, "up", (list) => list.filter((_, index) => index !== mutation.series % list.length));
    case "edges":
    case "edge":
      return replies.map((reply) =>
        reply.metric.endsWith("_bucket") ? items(reply, (list) => edges(list, mutation)) : reply,
      );
    case "frozen":
      return at(replies, mutation.answer, (reply) =>
        reply.metric.startsWith("http_")
          ? items(reply, (list) =>
              list.map((item) =>
                values(
                  item,
                  ([first]) =>
                    () =>
                      first?.[1],
                ),
              ),
            )
          : reply,
      );
    case "shift":
      return at(replies, mutation.answer, (reply) =>
        items(reply, (list) => list.map((item) => ({ ...item, ...shifted(item, mutation.seconds) }))),
      );
    case "series-order":
      return at(replies, mutation.answer, (reply) => items(reply, (list) => list.toReversed()));
    default:
      return at(replies, mutation.answer, (reply) =>
        items(reply, (list) => {
          const index = mutation.series % list.length;
          return list.flatMap((item, place) => (place === index ? changed(item, mutation) : [item]));
        }),
      );
  }
}

type OfOneSeries = Exclude<
  Mutation,
  {
    kind:
      | "text"
      | "cut"
      | "bytes"
      | "status"
      | "crossed"
      | "envelope"
      | "all-twice"
      | "no-scrape"
      | "no-clock"
      | "edges"
      | "edge"
      | "frozen"
      | "shift"
      | "series-order";
  }
>;

function changed(item: Item, mutation: OfOneSeries): readonly Item[] {
  switch (mutation.kind) {
    case "series":
      return [set(item, [mutation.key], mutation.value) as Item];
    case "histograms": {
      const { values: _values, ...rest } = item;
      return [{ ...rest, histograms: mutation.value } as Item];
    }
    case "twice":
      return [item, item];
    case "no-series":
      return [];
    case "label":
      return [{ ...item, metric: { ...item.metric, [mutation.name]: mutation.value } }];
    case "all-values":
      return [values(item, () => () => mutation.value)];
    case "value":
    case "any-value":
      return [
        values(
          item,
          (all) => (_told, index) => (index === mutation.sample % all.length ? mutation.value : all[index]?.[1]),
        ),
      ];
    case "bucket":
      return [
        values(
          item,
          (all) => (told, index) => (index === mutation.sample % all.length ? bucket(told, mutation) : told),
        ),
      ];
    case "no-sample":
      return [samples(item, (all) => all.filter((_, index) => index !== mutation.sample % all.length))];
    case "time":
      return [
        samples(item, (all) =>
          all.map((one, index) => (index === mutation.sample % all.length ? [mutation.value, one[1]] : one)),
        ),
      ];
    case "sample-order":
      return [samples(item, (all) => swapped(all, mutation.sample))];
    case "same-time":
      return [
        samples(item, (all) =>
          all.flatMap((one, index) => (index === mutation.sample % all.length ? [one, one] : [one])),
        ),
      ];
    default:
      return mutation satisfies never;
  }
}

function at(replies: readonly Reply[], index: number, change: (reply: Reply) => Reply): readonly Reply[] {
  const place = index % replies.length;
  return replies.map((reply, own) => (own === place ? change(reply) : reply));
}

export function textOf({ body, text }: Reply): string {
  return text ?? JSON.stringify(body) ?? "";
}

function edited(reply: Reply, change: (body: unknown) => unknown): Reply {
  return reply.text === null ? { ...reply, body: change(reply.body) } : reply;
}

/** Changes the series of an answer, as long as it still has some. */
function items(reply: Reply, change: (list: readonly Item[]) => readonly Item[]): Reply {
  return edited(reply, (body) => {
    const data = isRecord(body) ? body.data : undefined;
    const result = isRecord(data) ? data.result : undefined;
    if (!Array.isArray(result) || result.length === 0 || !result.every(isRecord)) return body;
    return set(body, ["data", "result"], change(result as Item[]));
  });
}

function ofMetric(
  replies: readonly Reply[],
  metric: string,
  change: (list: readonly Item[]) => readonly Item[],
): readonly Reply[] {
  return replies.map((reply) => (reply.metric === metric ? items(reply, change) : reply));
}

function samples(item: Item, change: (all: readonly [unknown, unknown][]) => readonly (readonly unknown[])[]): Item {
  for (const key of ["values", "histograms"] as const) {
    const all: [unknown, unknown][] | undefined = item[key];
    if (Array.isArray(all) && all.every(Array.isArray)) return { ...item, [key]: change(all) } as Item;
  }
  for (const key of ["value", "histogram"] as const) {
    const one = item[key];
    if (Array.isArray(one) && one.length === 2) return { ...item, [key]: change([one])[0] } as Item;
  }
  return item;
}

type Retell = (all: readonly [unknown, unknown][]) => (told: unknown, index: number) => unknown;

function values(item: Item, retell: Retell): Item {
  return samples(item, (all) => all.map(([time, told], index) => [time, retell(all)(told, index)]));
}

/** One place of one bucket of a native histogram: rule, bounds or count. */
function bucket(told: unknown, { series, place, value }: Extract<Mutation, { kind: "bucket" }>): unknown {
  const buckets = isRecord(told) && Array.isArray(told.buckets) ? told.buckets : [];
  const index = series % Math.max(1, buckets.length);
  const changed = (one: unknown) => (Array.isArray(one) ? one.with(place, value) : one);
  return buckets.length === 0
    ? told
    : set(
        told,
        ["buckets"],
        buckets.map((one, at) => (at === index ? changed(one) : one)),
      );
}

function swapped<One>(all: readonly One[], sample: number): readonly One[] {
  const index = sample % Math.max(1, all.length - 1);
  const [one, next] = [all[index], all[index + 1]];
  if (one === undefined || next === undefined) return all;
  return all.map((own, place) => (place === index ? next : place === index + 1 ? one : own));
}

function shifted(item: Item, seconds: number): Partial<Item> {
  return samples(item, (all) => all.map(([time, told]) => [typeof time === "number" ? time + seconds : time, told]));
}

/** A moment of the first clock's, taken from every answer. */
function withoutScrape(replies: readonly Reply[], sample: number): readonly Reply[] {
  const clock = replies.find(({ metric }) => metric === "up");
  const times: unknown[] = [];
  if (clock !== undefined) {
    items(clock, (list) => {
      const [first = {}] = list;
      // Another mutation may have put anything in the samples' place.
      samples(first, (all) => {
        times.push(...all.map(([time]) => time));
        return all;
      });
      return list;
    });
  }
  const gone = times[sample % Math.max(1, times.length)];
  return replies.map((reply) =>
    items(reply, (list) =>
      list.map((item) =>
        Array.isArray(item.values) || Array.isArray(item.histograms)
          ? samples(item, (all) => all.filter(([time]) => time !== gone))
          : item,
      ),
    ),
  );
}

function edges(list: readonly Item[], mutation: Extract<Mutation, { kind: "edges" | "edge" }>): readonly Item[] {
  const index = mutation.series % list.length;
  const other = mutation.kind === "edge" ? index : mutation.other % list.length;
  const le = (place: number) => list[place]?.metric?.le ?? "";
  const relabelled = (item: Item, value: string) => ({ ...item, metric: { ...item.metric, le: value } });
  return list.map((item, place) => {
    if (place === index) return relabelled(item, mutation.kind === "edge" ? mutation.value : le(other));
    return place === other ? relabelled(item, le(index)) : item;
  });
}

function set(body: unknown, path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (!isRecord(body)) return body;
  if (rest.length > 0) return { ...body, [key]: set(body[key], rest, value) };
  const { [key]: _taken, ...others } = body;
  return value === undefined ? others : { ...body, [key]: value };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
