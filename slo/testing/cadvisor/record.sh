#!/usr/bin/env bash
# Records what a real Prometheus held of a real cAdvisor: recording.jsonl, which containers.integration.test.ts reads.
# Three minutes. Wants root, Go, Node, a Docker engine with Compose, PROMETHEUS_BIN; and a Kubernetes node, through
# KUBECONFIG, whose runtime holds the image localhost/proving-load:1 (`docker save`, then the runtime's own import).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd) work=$(mktemp -d)
ended() { kill "${pids[@]}" 2>/dev/null || true; docker compose -f "$here/compose.yaml" down -t 0; docker rm -f plain; kubectl delete -f "$here/pods.yaml" --wait=false; rm -rf "$work"; }
export CGO_ENABLED=0
(cd "$here/../../../stack/offline/cadvisor" && go build -o "$work/cadvisor" .)
(cd "$here/load" && go build -ldflags '-s -w' -o "$work/load" .)
tar -C "$work" -c load | docker import -c 'ENTRYPOINT ["/load"]' - localhost/proving-load:1 >/dev/null
[ "${1:-}" != image ] || exit 0
node=$(kubectl get nodes -o 'jsonpath={.items[0].metadata.name}')
pids=(); trap ended EXIT
cat >"$work/prometheus.yml" <<Y
global: { scrape_timeout: 2s }
scrape_configs:
  - job_name: cadvisor
    scrape_interval: 2s
    track_timestamps_staleness: true
    static_configs: [{ targets: ["127.0.0.1:18080"], labels: { instance: "cadvisor:8080" } }]
  - job_name: kubelet
    scrape_interval: 5s
    track_timestamps_staleness: true
    metrics_path: /api/v1/nodes/$node/proxy/metrics/cadvisor
    static_configs: [{ targets: ["127.0.0.1:18001"], labels: { instance: node } }]
Y
kubectl get namespace live >/dev/null 2>&1 || kubectl create namespace live
"$work/cadvisor" --listen_ip=127.0.0.1 --port=18080 --allow_dynamic_housekeeping=false --docker_only --raw_cgroup_prefix_whitelist=/docker & pids+=($!)
kubectl proxy --port 18001 & pids+=($!)
"$PROMETHEUS_BIN" --config.file="$work/prometheus.yml" --storage.tsdb.path="$work/data" --web.listen-address=127.0.0.1:18090 & pids+=($!)
docker compose -f "$here/compose.yaml" up -d
docker run -d --name plain --cpus 0.5 localhost/proving-load:1 30 0.1 0 0
kubectl apply -f "$here/pods.yaml"
sleep 40
from=$(date +%s)
sleep 30
docker exec shop-killed-1 /load 100 0.1 1 0 || true
docker restart -t 0 shop-restarted-1
sleep 50
to=$(date +%s)
sleep 40
node "$here/take.ts" http://127.0.0.1:18090 "$from" "$to" >"$work/recording.jsonl"
mv "$work/recording.jsonl" "$here/recording.jsonl"
