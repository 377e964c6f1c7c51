// cAdvisor where no image registry is: its own command is a module that no proxy holds, its library is. Takes the
// command's flags, with the same defaults, as far as this project and a listener need them; the library brings
// --housekeeping_interval, --allow_dynamic_housekeeping and --docker_only itself.
package main

import (
	"flag"
	"log"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/google/cadvisor/cache/memory"
	"github.com/google/cadvisor/container"
	_ "github.com/google/cadvisor/container/docker/install"
	v2 "github.com/google/cadvisor/info/v2"
	"github.com/google/cadvisor/manager"
	"github.com/google/cadvisor/metrics"
	"github.com/google/cadvisor/utils/sysfs"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"k8s.io/utils/clock"
)

const kept = 2 * time.Minute

// What cAdvisor's own command leaves out unless told otherwise.
var disabled = container.MetricSet{
	container.MemoryNumaMetrics: {}, container.NetworkTcpUsageMetrics: {}, container.NetworkUdpUsageMetrics: {},
	container.NetworkAdvancedTcpUsageMetrics: {}, container.ProcessSchedulerMetrics: {}, container.ProcessMetrics: {},
	container.HugetlbUsageMetrics: {}, container.ReferencedMemoryMetrics: {}, container.CPUTopologyMetrics: {},
	container.ResctrlMetrics: {}, container.CPUSetMetrics: {},
}

var (
	listenIP     = flag.String("listen_ip", "", "IP to listen on, defaults to all IPs")
	port         = flag.Int("port", 8080, "port to listen")
	allLabels    = flag.Bool("store_container_labels", true, "convert all container labels to metric labels")
	someLabels   = flag.String("whitelisted_container_labels", "", "comma separated list of container labels to be converted; store_container_labels must be false")
	rawCgroups   = flag.String("raw_cgroup_prefix_whitelist", "", "comma separated list of prefixes of cgroups reported even with --docker_only")
	envWhitelist = flag.String("env_metadata_whitelist", "", "comma separated list of environment variables of containers to collect")
)

func main() {
	flag.Var(&disabled, "disable_metrics", "comma separated list of `metrics` to leave out")
	flag.Parse()
	if flag.NArg() > 0 {
		log.Fatalf("cadvisor takes flags only, not %q", flag.Arg(0))
	}
	included := container.AllMetrics.Difference(disabled)
	resources, err := manager.New(memory.New(kept, nil), sysfs.NewRealSysFs(), manager.HousekeepingConfigFlags, included,
		http.DefaultClient, strings.Split(*rawCgroups, ","), strings.Split(*envWhitelist, ","), "", 0)
	if err != nil {
		log.Fatal(err)
	}
	if err := resources.Start(); err != nil {
		log.Fatal(err)
	}
	serve(resources, included)
}

func serve(resources manager.Manager, included container.MetricSet) {
	labels := metrics.DefaultContainerLabels
	if !*allLabels {
		labels = metrics.BaseContainerLabels(strings.Split(*someLabels, ","))
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(
		metrics.NewPrometheusCollector(resources, labels, included, clock.RealClock{},
			v2.RequestOptions{IdType: v2.TypeName, Count: 1, Recursive: true}),
		metrics.NewPrometheusMachineCollector(resources, included),
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	)
	http.Handle("/metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError}))
	http.HandleFunc("/healthz", func(answer http.ResponseWriter, _ *http.Request) { _, _ = answer.Write([]byte("ok")) })
	address := net.JoinHostPort(*listenIP, strconv.Itoa(*port))
	log.Printf("listening on %s", address)
	log.Fatal(http.ListenAndServe(address, nil))
}
