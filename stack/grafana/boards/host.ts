import type { Panel } from "../build/spec.ts";
import { rate, sumBy } from "./queries.ts";

const OF = 'job="node"';
const DISKS = `${OF},fstype!~"tmpfs|ramfs|overlay|squashfs|iso9660"`;
/** Of the host's own devices, not of the bridges and pairs that engines make. */
const WIRES = 'job="cadvisor",id="/",interface!~"lo|veth.*|br-.*|docker.*|ifb.*"';

export const host: readonly Panel[] = [
  {
    kind: "time series",
    title: "CPU of the host by mode",
    description:
      "Cores in use, by what for. `iowait` is waiting for the disk; `steal` is what a virtual machine's host took.",
    unit: "suffix: cores",
    width: 8,
    min: 0,
    stacked: true,
    queries: [
      { expr: sumBy("mode", rate(`node_cpu_seconds_total{${OF},mode!="idle"}`)), legend: "{{mode}}" },
      { expr: `count(count by (cpu) (node_cpu_seconds_total{${OF}}))`, legend: "cores there are" },
    ],
    dashed: "/cores there are/",
  },
  {
    kind: "time series",
    title: "Load against cores",
    description:
      "Processes that run or wait, as averages of 1 and 5 minutes. Above the cores for long, everything queues.",
    unit: "short",
    width: 8,
    min: 0,
    queries: [
      { expr: `node_load1{${OF}}`, legend: "1 minute" },
      { expr: `node_load5{${OF}}`, legend: "5 minutes" },
      { expr: `count(count by (cpu) (node_cpu_seconds_total{${OF}}))`, legend: "cores there are" },
    ],
    dashed: "/cores there are/",
  },
  {
    kind: "time series",
    title: "Memory of the host",
    description: "What new processes can have without swapping, of all there is.",
    unit: "bytes",
    width: 8,
    min: 0,
    queries: [
      { expr: `node_memory_MemAvailable_bytes{${OF}}`, legend: "available" },
      { expr: `node_memory_MemTotal_bytes{${OF}}`, legend: "in all" },
    ],
    dashed: "/in all/",
  },
  {
    kind: "bars",
    title: "File systems",
    description: "Share of each that is used. Full, PostgreSQL and Prometheus stop.",
    unit: "percentunit",
    width: 6,
    min: 0,
    max: 1,
    queries: [
      {
        expr: `1 - node_filesystem_avail_bytes{${DISKS}} / node_filesystem_size_bytes{${DISKS}}`,
        legend: "{{mountpoint}}",
      },
    ],
    steps: [
      { from: 0.8, color: "orange" },
      { from: 0.9, color: "red" },
    ],
  },
  {
    kind: "time series",
    title: "Disk transfer",
    description: "Read and written per second, by device.",
    unit: "Bps",
    width: 6,
    min: 0,
    queries: [
      { expr: sumBy("device", rate(`node_disk_read_bytes_total{${OF}}`)), legend: "{{device}} read" },
      { expr: sumBy("device", rate(`node_disk_written_bytes_total{${OF}}`)), legend: "{{device}} written" },
    ],
  },
  {
    kind: "time series",
    title: "Disk busy",
    description: "Share of time in which a device had something to do.",
    unit: "percentunit",
    width: 6,
    min: 0,
    queries: [{ expr: rate(`node_disk_io_time_seconds_total{${OF}}`), legend: "{{device}}" }],
    steps: [{ from: 0.9, color: "orange" }],
  },
  {
    kind: "time series",
    title: "Network of the host",
    description: "Received and sent by the machine's own devices, as cAdvisor sees them.",
    unit: "Bps",
    width: 6,
    min: 0,
    every: "2s",
    queries: [
      {
        expr: sumBy("interface", rate(`container_network_receive_bytes_total{${WIRES}}`)),
        legend: "{{interface}} received",
      },
      {
        expr: sumBy("interface", rate(`container_network_transmit_bytes_total{${WIRES}}`)),
        legend: "{{interface}} sent",
      },
    ],
  },
  {
    kind: "time series",
    title: "Pressure on the host",
    description: "Share of time in which some process of the machine waited for CPU, memory or disk.",
    unit: "percentunit",
    width: 12,
    min: 0,
    queries: ["cpu", "memory", "io"].map((resource) => ({
      expr: rate(`node_pressure_${resource}_waiting_seconds_total{${OF}}`),
      legend: resource,
    })),
    steps: [{ from: 0.5, color: "orange" }],
  },
  {
    kind: "stat",
    title: "OOM kills of the machine",
    description: "Processes that the kernel ended for want of memory in the time shown, in a container or outside.",
    unit: "none",
    width: 6,
    height: 8,
    decimals: 0,
    queries: [{ expr: `sum(increase(node_vmstat_oom_kill{${OF}}[$__range]))`, legend: "kills" }],
    steps: [{ from: 1, color: "red" }],
  },
  {
    kind: "stat",
    title: "Up since",
    description: "When the machine was started.",
    unit: "dateTimeFromNow",
    width: 6,
    height: 8,
    base: "blue",
    queries: [{ expr: `node_boot_time_seconds{${OF}} * 1000`, legend: "started" }],
  },
];
