import protobuf from "protobufjs";

/** What is used here of Prometheus' exposition by protobuf; source: prometheus/client_model, metrics.proto. */
const METRICS = `
syntax = "proto2";
package io.prometheus.client;
enum MetricType { COUNTER = 0; GAUGE = 1; SUMMARY = 2; UNTYPED = 3; HISTOGRAM = 4; }
message LabelPair { optional string name = 1; optional string value = 2; }
message Gauge { optional double value = 1; }
message Bucket { optional uint64 cumulative_count = 1; optional double upper_bound = 2; }
message BucketSpan { optional sint32 offset = 1; optional uint32 length = 2; }
message Histogram {
  optional uint64 sample_count = 1;
  optional double sample_sum = 2;
  repeated Bucket bucket = 3;
  optional sint32 schema = 5;
  optional double zero_threshold = 6;
  optional uint64 zero_count = 7;
  repeated BucketSpan negative_span = 9;
  repeated sint64 negative_delta = 10 [packed = true];
  repeated BucketSpan positive_span = 12;
  repeated sint64 positive_delta = 13 [packed = true];
}
message Metric {
  repeated LabelPair label = 1;
  optional Gauge gauge = 2;
  optional Histogram histogram = 7;
}
message MetricFamily {
  optional string name = 1;
  optional string help = 2;
  optional MetricType type = 3;
  repeated Metric metric = 4;
}`;

interface Span {
  readonly offset: number;
  readonly length: number;
}

export interface HistogramMessage {
  readonly sampleCount: number;
  readonly sampleSum: number;
  readonly bucket?: readonly { readonly cumulativeCount: number; readonly upperBound: number }[];
  readonly schema?: number;
  readonly zeroThreshold?: number;
  readonly zeroCount?: number;
  readonly negativeSpan?: readonly Span[];
  readonly negativeDelta?: readonly number[];
  readonly positiveSpan?: readonly Span[];
  readonly positiveDelta?: readonly number[];
}

export interface Family {
  readonly name: string;
  readonly type: "GAUGE" | "HISTOGRAM";
  readonly metric: readonly {
    readonly label: readonly { readonly name: string; readonly value: string }[];
    readonly gauge?: { readonly value: number };
    readonly histogram?: HistogramMessage;
  }[];
}

export const PROTOBUF = "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited";

const MetricFamily = protobuf.parse(METRICS).root.lookupType("io.prometheus.client.MetricFamily");

/** The body of a scrape in Prometheus' protobuf format: text has no native histograms. */
export function encodeFamilies(families: readonly Family[]): Uint8Array {
  return Buffer.concat(
    families.map((family) => MetricFamily.encodeDelimited(MetricFamily.fromObject(family)).finish()),
  );
}
