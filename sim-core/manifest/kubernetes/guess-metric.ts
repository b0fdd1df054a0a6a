/** Words of a query, and the measurement they usually stand for; the first that fits. */
const words: readonly (readonly [RegExp, string])[] = [
  [/histogram_quantile\(\s*0?\.99|p99/i, 'latency_p99_seconds'],
  [/histogram_quantile\(\s*0?\.95|p95/i, 'latency_p95_seconds'],
  [/histogram_quantile\(\s*0?\.5|p50/i, 'latency_p50_seconds'],
  [/error|failed|5\.\.|5xx/i, 'error_rate'],
  [/queue|backlog|waiting|pending|lag\b/i, 'queue_length'],
  [/in_?flight|concurren|active_requests/i, 'in_flight_requests'],
  [/requests?(_|\b)|\brps\b|\bqps\b|_hits/i, 'http_requests_per_second'],
];

/** What a Prometheus query most likely asks for, by the name the simulated service has for it. */
export function guessMetric(query: string): string | undefined {
  return words.find(([pattern]) => pattern.test(query))?.[1];
}
