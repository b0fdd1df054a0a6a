import type { AskOutcome, AskRequest } from './contract.ts';

/**
 * Asks through the server this page came from (tools/serve.mjs): the page's own policy lets it speak to nobody else.
 * What is asked stands in headers, which no other site's page can send here.
 */
export async function askByServer({ address, authorization }: AskRequest, signal: AbortSignal): Promise<AskOutcome> {
  const failed = (message: string): AskOutcome => ({ status: 'failed', code: '', message });
  try {
    const response = await fetch('prometheus', {
      cache: 'no-store',
      headers: {
        // Headers hold ASCII: a host's name is written as the network knows it.
        'x-prometheus-address': new URL(address).href,
        ...(authorization !== undefined && { 'x-prometheus-authorization': authorization }),
      },
      signal,
    });
    const outcome = response.headers.get('x-prometheus-outcome');
    const body = await response.text();
    if (outcome === 'failed') return JSON.parse(body) as AskOutcome;
    if (response.status === 403) return failed(body.trim());
    if (outcome === null || !/^\d{3}$/.test(outcome)) {
      return failed('this page was not served by `npm start`, so nobody can ask for it');
    }
    return { status: 'answered', httpStatus: Number(outcome), body };
  } catch (error) {
    if (signal.aborted) return failed('it was cancelled');
    return failed(`the server of this page does not answer: ${error instanceof Error ? error.message : String(error)}`);
  }
}
