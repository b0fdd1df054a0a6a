import type { Issue } from '../../issue.ts';
import { printInstant } from '../../units/instant.ts';
import { readAnswer } from './answer.ts';
import type { AnsweredSeries, Reply } from './answer.ts';
import { chunksOf, halvesOf, requestAddress } from './range-query.ts';
import type { Chunk, NamedExpression, RangeQuery } from './range-query.ts';

/** How a host reaches the network: it sends one GET. Rejects, with a reason in words, when no reply comes. */
export type Ask = (address: string) => Promise<Reply>;

export interface FetchOptions {
  readonly ask: Ask;
  /** 0 … 1 of the range, after each answer */
  onProgress?(fraction: number): void;
  /** asked before each request */
  isCancelled?(): boolean;
}

export interface FetchedRange {
  /** one query_range response with everything in it, as a file would hold it; absent with an error or when cancelled */
  readonly document?: string;
  /** `path` leads to the part of the query to change: `['address']`, `['queries', 0]`, `['to']`; or it is `['login']` */
  readonly issues: readonly Issue[];
}

/** Attempts at one request before its server is given up. */
const attempts = 3;

/**
 * Records a range from a live Prometheus: in pieces it will answer, smaller ones where it says that it was too much, put
 * together to one document that imports like a saved response. Nothing but the address given is asked.
 */
export async function fetchRange(query: RangeQuery, options: FetchOptions): Promise<FetchedRange> {
  const issues = checkQuery(query);
  if (issues.length > 0) return { issues };
  const series = new Map<string, { metric: Record<string, string>; values: AnsweredSeries['values'][number][] }>();
  const warnings = new Set<string>();
  const span = (query.to - query.from + query.step) * query.queries.length;
  let done = 0;
  for (const [index, named] of query.queries.entries()) {
    const waiting = chunksOf(query);
    for (let chunk = waiting.shift(); chunk !== undefined; chunk = waiting.shift()) {
      if (options.isCancelled?.() === true) return { issues: [] };
      const answer = await askFor(query, named, chunk, options);
      if (answer.kind === 'too-much') {
        const halves = halvesOf(chunk, query.step);
        if (halves !== undefined) {
          waiting.unshift(...halves);
          continue;
        }
      }
      if (answer.kind !== 'series') {
        const path = answer.about === 'expression' ? ['queries', index] : [answer.about];
        return { issues: [refusal(answer.message, named, chunk, path)] };
      }
      answer.warnings.forEach((warning) => warnings.add(warning));
      for (const { metric, values } of answer.series) {
        const labels = named.name === null ? { ...metric } : { ...metric, __name__: named.name };
        const key = `${index} ${JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)))}`;
        const known = series.get(key);
        if (known === undefined) series.set(key, { metric: labels, values: [...values] });
        else known.values.push(...values);
      }
      done += chunk.to - chunk.from + query.step;
      options.onProgress?.(done / span);
    }
  }
  if (series.size === 0) return { issues: [nothing(query)] };
  const document = {
    status: 'success',
    data: { resultType: 'matrix', result: [...series.values()] },
    ...(warnings.size > 0 && { warnings: [...warnings] }),
    recordedFrom: query,
  };
  return { document: JSON.stringify(document), issues: [] };
}

async function askFor(query: RangeQuery, named: NamedExpression, chunk: Chunk, { ask }: FetchOptions) {
  const address = requestAddress(query, named, chunk);
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = readAnswer(await ask(address));
      if (answer.kind !== 'unavailable' || attempt === attempts) return answer;
    } catch (error) {
      if (attempt < attempts) continue;
      const reason = error instanceof Error ? error.message : String(error);
      return {
        kind: 'refused' as const,
        about: 'address' as const,
        message: `No answer comes from ${query.address} (${reason}). Is it running, and is the address right`,
      };
    }
  }
}

function checkQuery({ address, queries, from, to, step }: RangeQuery): Issue[] {
  const issues: Issue[] = [];
  const refuse = (path: Issue['path'], message: string): void => {
    issues.push({ code: 'prometheus-query', severity: 'error', path, message });
  };
  if (!/^https?:\/\/[^\s/?#]+[^\s?#]*$/.test(address)) {
    refuse(['address'], `\`${address}\` is no address of a server. Write http://host:9090, without a query.`);
  }
  if (queries.length === 0) refuse(['queries'], 'Give a PromQL expression.');
  for (const [index, { expression }] of queries.entries()) {
    if (expression === '') refuse(['queries', index], 'Give a PromQL expression.');
  }
  if (!(step > 0)) refuse(['step'], 'The step must be longer than zero.');
  if (!(to > from)) refuse(['to'], 'The range must end after it begins.');
  return issues;
}

function refusal(message: string, { expression }: NamedExpression, { from, to }: Chunk, path: Issue['path']): Issue {
  const text = `${message}${/[.?]$/.test(message) ? '' : message.startsWith('No answer') ? '?' : '.'} Asked: ${expression} from ${printInstant(from)} to ${printInstant(to)}.`;
  return { code: 'prometheus-answer', severity: 'error', path, message: text };
}

function nothing({ queries, from, to }: RangeQuery): Issue {
  return {
    code: 'prometheus-answer',
    severity: 'error',
    path: ['queries'],
    message: `${queries.map(({ expression }) => expression).join(', ')} matched nothing from ${printInstant(from)} to ${printInstant(to)}. Check the labels and the range.`,
  };
}
