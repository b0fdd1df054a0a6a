import { z } from 'zod';
import { lazily } from '../../units/lazily.ts';

/** What came back over HTTP. */
export interface Reply {
  readonly status: number;
  readonly body: string;
}

const sample = lazily(() => z.tuple([z.number(), z.string()]));
const answer = lazily(() =>
  z.object({
    status: z.enum(['success', 'error']),
    errorType: z.string().optional(),
    error: z.string().optional(),
    warnings: z.array(z.string()).optional(),
    infos: z.array(z.string()).optional(),
    data: z
      .object({
        resultType: z.string(),
        result: z.array(z.object({ metric: z.record(z.string(), z.string()), values: z.array(sample) })),
      })
      .optional(),
  }),
);

/** One series of an answer. */
export interface AnsweredSeries {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [time: number, value: string])[];
}

export type Answer =
  | { readonly kind: 'series'; readonly series: readonly AnsweredSeries[]; readonly warnings: readonly string[] }
  /** less of it at a time may succeed */
  | (Complaint & { readonly kind: 'too-much' })
  /** the same again may succeed */
  | (Complaint & { readonly kind: 'unavailable' })
  | (Complaint & { readonly kind: 'refused' });

interface Complaint {
  readonly message: string;
  /** what a person would change first */
  readonly about: 'address' | 'expression' | 'login';
}

/** What a reply of `/api/v1/query_range` means. Prometheus' own words are passed on as they are. */
export function readAnswer({ status, body }: Reply): Answer {
  const parsed = answer.safeParse(jsonOf(body));
  if (!parsed.success) return withoutAnswer(status);
  const { errorType = 'error', error = 'no reason given', data, warnings = [] } = parsed.data;
  if (parsed.data.status === 'error') {
    const message = `Prometheus answered ${errorType}: ${error}`;
    const about = 'expression';
    if (
      errorType === 'timeout' ||
      errorType === 'canceled' ||
      /too many samples|exceeded maximum resolution/.test(error)
    ) {
      return { kind: 'too-much', message, about };
    }
    return { kind: status >= 500 ? 'unavailable' : 'refused', message, about };
  }
  if (data?.resultType !== 'matrix') {
    const message = 'Prometheus answered with something else than a range of samples';
    return { kind: 'refused', message, about: 'expression' };
  }
  return { kind: 'series', series: data.result, warnings };
}

function withoutAnswer(status: number): Answer {
  if (status === 401 || status === 403) {
    return {
      kind: 'refused',
      about: 'login',
      message: `The server asks for a login (HTTP ${status}). Give its token as a header: Authorization: Bearer …`,
    };
  }
  if (status === 413) {
    const message = 'The answer is too large to be taken in at once (HTTP 413). Give a longer step';
    return { kind: 'too-much', message, about: 'expression' };
  }
  const about = 'address';
  if (status === 404) {
    return {
      kind: 'refused',
      about,
      message:
        'There is no /api/v1/query_range at this address (HTTP 404). Name the address of Prometheus itself, without /graph or the like',
    };
  }
  if (status >= 500 || status === 429) {
    return { kind: 'unavailable', message: `The server failed with HTTP ${status}`, about };
  }
  return {
    kind: 'refused',
    about,
    message: `The server answers (HTTP ${status}), but not as Prometheus does. Name the address of Prometheus itself, without /graph or the like`,
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
