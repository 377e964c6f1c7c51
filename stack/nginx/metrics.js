// What nginx answered, in Prometheus' text format: runs inside nginx (njs, whose own engine
// knows no for…of and no destructuring), in memory that its workers share.
// nginx's own stub_status knows neither status codes nor times, and a log that is read elsewhere can lose lines.

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const DEFAULT_EDGES = [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10];
const EDGES = edges();
const HISTOGRAMS = {
  nginx_request_duration_seconds: "Time from a request's first byte to the end of its answer, by answer.",
  nginx_upstream_response_duration_seconds: "Time the last try took at the API, by the answer of that try.",
};
const COUNTERS = {
  nginx_upstream_tries_total: "Tries at the API; upstream_status is its answer, or what nginx made of having none.",
  nginx_upstream_retries_total: "Tries beyond a request's first: failures that the client did not see.",
  nginx_answers_without_upstream_total: "Answers that the API never gave.",
  nginx_metrics_lost_total: "Requests that are in no other metric here, since the shared memory was full.",
};

/** Seconds, growing; the objectives' own limits are among them. */
function edges() {
  const own = (process.env.LATENCY_EDGES || "").split(",").map(Number);
  const all = DEFAULT_EDGES.concat(own.filter((edge) => edge > 0 && edge < 1e9));
  return all.sort((a, b) => a - b).filter((edge, index) => index === 0 || edge !== all[index - 1]);
}

function add(key, by) {
  ngx.shared.metrics.incr(key, by, 0);
}

function observe(name, labels, seconds) {
  const bucket = EDGES.findIndex((edge) => seconds <= edge);
  add(`${name}|${labels}|${bucket === -1 ? EDGES.length : bucket}`, 1);
  add(`${name}|${labels}|sum`, seconds);
}

/** nginx writes one value a try, separated by commas, or by colons after an internal redirect. */
function tries(value) {
  return value ? value.split(/[,:] */).filter((part) => part !== "") : [];
}

function record(r) {
  const v = r.variables;
  const method = METHODS.includes(r.method) ? r.method : "_OTHER";
  observe("nginx_request_duration_seconds", `method="${method}",status_code="${v.status}"`, Number(v.request_time));
  const statuses = tries(v.upstream_status);
  // A status of a try is 502 or 504 as well where there was no answer: only then no header ever came.
  const headers = tries(v.upstream_header_time);
  const times = tries(v.upstream_response_time);
  statuses.forEach((status) => {
    add(`nginx_upstream_tries_total|upstream_status="${status}"`, 1);
  });
  if (statuses.length > 1) add("nginx_upstream_retries_total|", statuses.length - 1);
  const last = statuses.length - 1;
  const seconds = Number(times[last]);
  if (last >= 0 && seconds >= 0) {
    observe("nginx_upstream_response_duration_seconds", `status_code="${statuses[last]}"`, seconds);
  }
  const answered = last >= 0 && headers[last] !== undefined && headers[last] !== "-" && v.status !== "499";
  if (!answered) add(`nginx_answers_without_upstream_total|status_code="${v.status}"`, 1);
}

/** Counts a request; its value stands in the log line and says whether that went well. */
function count(r) {
  try {
    record(r);
    return "yes";
  } catch (error) {
    r.error(`metrics: ${error.message}`);
    add("nginx_metrics_lost_total|", 1);
    return "no";
  }
}

function head(name, help, type) {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;
}

function histogram(name, series) {
  const text = Object.keys(series)
    .sort()
    .map((labels) => {
      const values = series[labels];
      let total = 0;
      const lines = EDGES.concat(["+Inf"]).map((edge, index) => {
        total += values[index] || 0;
        return `${name}_bucket{${labels},le="${edge}"} ${total}\n`;
      });
      return `${lines.join("")}${name}_sum{${labels}} ${values.sum || 0}\n${name}_count{${labels}} ${total}\n`;
    });
  return head(name, HISTOGRAMS[name], "histogram") + text.join("");
}

function counter(name, series) {
  const lines = Object.keys(series)
    .sort()
    .map((labels) => `${name}${labels === "" ? "" : `{${labels}}`} ${series[labels].value}\n`);
  return head(name, COUNTERS[name], "counter") + lines.join("");
}

function page(r) {
  // What everybody asks for is there before the first request: a series that is born under load hides its first count.
  const found = {
    nginx_request_duration_seconds: { 'method="GET",status_code="200"': {} },
    nginx_upstream_response_duration_seconds: { 'status_code="200"': {} },
    nginx_upstream_tries_total: { 'upstream_status="200"': { value: 0 } },
    nginx_upstream_retries_total: { "": { value: 0 } },
    nginx_metrics_lost_total: { "": { value: 0 } },
    nginx_answers_without_upstream_total: { 'status_code="502"': { value: 0 }, 'status_code="504"': { value: 0 } },
  };
  ngx.shared.metrics.items().forEach((item) => {
    const parts = item[0].split("|");
    const name = parts[0];
    const labels = parts[1];
    found[name] = found[name] || {};
    found[name][labels] = found[name][labels] || {};
    found[name][labels][parts[2] === undefined ? "value" : parts[2]] = item[1];
  });
  const text =
    Object.keys(HISTOGRAMS)
      .map((name) => histogram(name, found[name] || {}))
      .join("") +
    Object.keys(COUNTERS)
      .map((name) => counter(name, found[name] || {}))
      .join("");
  r.headersOut["Content-Type"] = "text/plain; version=0.0.4; charset=utf-8";
  r.return(200, text);
}

export default { count, page };
