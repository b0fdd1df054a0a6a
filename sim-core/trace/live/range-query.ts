/** What is asked of a live Prometheus. */
export interface RangeQuery {
  /** address of the server: `http://prometheus:9090`, with a path before `/api/v1` where a proxy adds one */
  readonly address: string;
  readonly queries: readonly NamedExpression[];
  /** Unix time, s; both ends are asked for */
  readonly from: number;
  readonly to: number;
  /** s, > 0 */
  readonly step: number;
}

/** A PromQL expression, and the name its series get instead of their metric's; null keeps that. */
export interface NamedExpression {
  readonly name: string | null;
  readonly expression: string;
}

/** Prometheus refuses more than 11,000 points a series in one answer. */
const mostPoints = 10_000;

/** Instants of one request, both included, s. */
export interface Chunk {
  readonly from: number;
  readonly to: number;
}

/** `rps=sum(rate(http_requests_total[1m]))`, or an expression without a name. */
export function parseNamedExpression(text: string): NamedExpression {
  const match = /^\s*([A-Za-z_][A-Za-z0-9_:]*)\s*=(?![=~])(.+)$/s.exec(text);
  return match === null ? { name: null, expression: text.trim() } : { name: match[1]!, expression: match[2]!.trim() };
}

/** The requests a range takes, each of at most so many steps; their instants lie on one grid and none is asked twice. */
export function chunksOf({ from, to, step }: RangeQuery, points = mostPoints): Chunk[] {
  const count = Math.floor((to - from) / step + 1e-9) + 1;
  return Array.from({ length: Math.ceil(count / points) }, (_, index) => ({
    from: from + index * points * step,
    to: from + (Math.min(count, (index + 1) * points) - 1) * step,
  }));
}

/** Two halves of a chunk that was too much for the server; undefined when it is one instant. */
export function halvesOf({ from, to }: Chunk, step: number): readonly [Chunk, Chunk] | undefined {
  const count = Math.round((to - from) / step) + 1;
  if (count < 2) return undefined;
  const first = Math.ceil(count / 2);
  return [
    { from, to: from + (first - 1) * step },
    { from: from + first * step, to },
  ];
}

/** The address of one request. */
export function requestAddress({ address, step }: RangeQuery, { expression }: NamedExpression, chunk: Chunk): string {
  const parameters = [
    ['query', expression],
    ['start', seconds(chunk.from)],
    ['end', seconds(chunk.to)],
    ['step', seconds(step)],
  ].map(([key, value]) => `${key}=${encodeURIComponent(value!)}`);
  return `${address.replace(/\/+$/, '')}/api/v1/query_range?${parameters.join('&')}`;
}

/** Milliseconds are as fine as Prometheus goes. */
const seconds = (value: number): string => String(Math.round(value * 1000) / 1000);
