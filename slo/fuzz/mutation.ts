/**
 * One change to what Prometheus answered. `answer`, `series` and `sample` count on from the first, round and round.
 *
 * Those of the first union lose or spoil something in a way that can be seen: a verdict that was no pass must not
 * become one. Those of the second may make the answer say something else that is as likely: only that nothing breaks
 * down is asked of them.
 */
export type TellingMutation =
  /** The whole text in place of JSON. */
  | { readonly kind: "text"; readonly answer: number; readonly text: string }
  /** The JSON cut off at a share (0..1) of its length. */
  | { readonly kind: "cut"; readonly answer: number; readonly at: number }
  /** Another HTTP status, with the body as it was. */
  | { readonly kind: "status"; readonly answer: number; readonly status: number }
  /** A value set at a path of the body; `undefined` takes the key away. */
  | { readonly kind: "envelope"; readonly answer: number; readonly path: readonly string[]; readonly value: unknown }
  /** A key of one series set, or taken away. */
  | {
      readonly kind: "series";
      readonly answer: number;
      readonly series: number;
      readonly key: "metric" | "values" | "value";
      readonly value: unknown;
    }
  /** Another body's place taken: a cache, a proxy or a load balancer that mixes answers up. */
  | { readonly kind: "crossed"; readonly answer: number; readonly with: number }
  | { readonly kind: "histograms"; readonly answer: number; readonly series: number; readonly value: unknown }
  /** A native histogram's bucket with something odd in the place of its rule (0), a bound (1, 2) or its count (3). */
  | {
      readonly kind: "bucket";
      readonly answer: number;
      readonly series: number;
      readonly sample: number;
      readonly place: 0 | 1 | 2 | 3;
      readonly value: unknown;
    }
  | { readonly kind: "series-order"; readonly answer: number }
  | { readonly kind: "sample-order"; readonly answer: number; readonly series: number; readonly sample: number }
  | { readonly kind: "same-time"; readonly answer: number; readonly series: number; readonly sample: number }
  | {
      readonly kind: "time";
      readonly answer: number;
      readonly series: number;
      readonly sample: number;
      readonly value: unknown;
    }
  /** No number, or none that this metric may have. */
  | {
      readonly kind: "value";
      readonly answer: number;
      readonly series: number;
      readonly sample: number;
      readonly value: unknown;
    }
  | { readonly kind: "all-values"; readonly answer: number; readonly series: number; readonly value: unknown }
  /** The same series twice; `label`: every series of every answer once more, with this label, as two Prometheus give. */
  | { readonly kind: "twice"; readonly answer: number; readonly series: number }
  | { readonly kind: "all-twice"; readonly label: string }
  /** A scrape that is in no answer. */
  | { readonly kind: "no-scrape"; readonly sample: number }
  | { readonly kind: "no-clock"; readonly series: number }
  /** Edges of two buckets exchanged. */
  | { readonly kind: "edges"; readonly series: number; readonly other: number }
  | { readonly kind: "edge"; readonly series: number; readonly value: string }
  | { readonly kind: "shift"; readonly answer: number; readonly seconds: number }
  /** Every value of a counter of requests as the first of them. */
  | { readonly kind: "frozen"; readonly answer: number };

export type WildMutation =
  | {
      readonly kind: "bytes";
      readonly answer: number;
      readonly at: number;
      readonly remove: number;
      readonly insert: string;
    }
  | {
      readonly kind: "any-value";
      readonly answer: number;
      readonly series: number;
      readonly sample: number;
      readonly value: unknown;
    }
  | {
      readonly kind: "label";
      readonly answer: number;
      readonly series: number;
      readonly name: string;
      readonly value: string;
    }
  | { readonly kind: "no-series"; readonly answer: number; readonly series: number }
  | { readonly kind: "no-sample"; readonly answer: number; readonly series: number; readonly sample: number };

export type Mutation = TellingMutation | WildMutation;

export function isTelling(mutation: Mutation): mutation is TellingMutation {
  return !["bytes", "any-value", "label", "no-series", "no-sample"].includes(mutation.kind);
}
