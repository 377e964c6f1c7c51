/** A page of metrics as a shop's service would show it: with whatever can be taken for a histogram, and is none. */
export function shopPage(): string {
  return [
    "# TYPE shop_seconds histogram",
    ...["0.1", "0.25", "0.5", "1", "+Inf"].map((le) => `shop_seconds_bucket{method="GET",code="200",le="${le}"} 7`),
    'shop_seconds_sum{method="GET",code="200"} 0.35',
    'shop_seconds_count{method="GET",code="200"} 7',
    "# TYPE requests_total counter",
    'requests_total{method="GET",code="200"} 7',
    "# TYPE rpc_seconds summary",
    'rpc_seconds{quantile="0.99"} 0.2',
    "rpc_seconds_sum 1",
    "rpc_seconds_count 10",
    "# TYPE timer_seconds summary",
    "timer_seconds_sum 1",
    "timer_seconds_count 10",
    "# TYPE queue_length gauge",
    "queue_length 3",
    "# TYPE process_resident_memory_bytes gauge",
    "process_resident_memory_bytes 1e+08",
    "# TYPE process_cpu_seconds_total counter",
    "process_cpu_seconds_total 3",
    "# TYPE process_start_time_seconds gauge",
    "process_start_time_seconds 1795365600",
    "",
  ].join("\n");
}
