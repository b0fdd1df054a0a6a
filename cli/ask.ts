import { noReplyReason } from '../sim-core/index.ts';
import type { Reply } from '../sim-core/index.ts';

const patience = 60_000;

/**
 * Sends one GET to a server the person named, and nothing else.
 *
 * @param signal ends it
 * @throws Error that says in words why no reply came
 */
export async function ask(
  address: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Reply> {
  try {
    const response = await fetch(address, {
      headers: { accept: 'application/json', ...headers },
      signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
    });
    return { status: response.status, body: await response.text() };
  } catch (error) {
    throw new Error(reasonOf(error), { cause: error });
  }
}

/** Node hides the reason in a cause, and a name with several addresses has several. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `nothing came within ${patience / 1000} s`;
  const { cause } = error;
  if (cause instanceof AggregateError) return reasonOf(cause.errors[0]);
  const systemCode = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return noReplyReason({ code: systemCode, message: cause instanceof Error ? cause.message : error.message });
}
