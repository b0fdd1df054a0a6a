import { securityHeaders } from '../electron/renderer-files.mjs';
import { askPrometheus, isAuthorization, isRangeRequest, maxAddressLength } from '../electron/prometheus-request.mjs';

/** The one path of the loopback server that is no file. */
export const prometheusPath = '/prometheus';

/**
 * Why this request may not go out, or null. It must come from the workbench's own page: a browser says so in Origin or
 * Sec-Fetch-Site, and a page of another site cannot send our header without a preflight, which is refused like every OPTIONS.
 *
 * @param {import('node:http').IncomingMessage} request its Host has been checked
 */
function refusalOf({ headers }) {
  const { origin, host } = headers;
  if (origin !== undefined && origin !== `http://${host}`) return 'Another site may not ask through the workbench.';
  const site = headers['sec-fetch-site'] ?? 'same-origin';
  if (site !== 'same-origin') return 'Only the page of the workbench may ask through it.';
  const address = headers['x-prometheus-address'];
  if (typeof address !== 'string') return 'This asks nothing: the header X-Prometheus-Address is missing.';
  if (!isRangeRequest(address)) {
    return `Only a range query of a Prometheus is asked: http or https, at most ${maxAddressLength} characters.`;
  }
  const authorization = headers['x-prometheus-authorization'];
  if (authorization !== undefined && !(typeof authorization === 'string' && isAuthorization(authorization))) {
    return 'X-Prometheus-Authorization is not one line of printable characters.';
  }
  return null;
}

/**
 * Asks a Prometheus for the page. The answer of another server is never passed on as a page: it is plain text, without
 * that server's headers.
 *
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {(status: number, message: string) => void} refuse
 */
export async function answerPrometheus(request, response, refuse) {
  const refusal = refusalOf(request);
  if (refusal !== null) return refuse(403, refusal);
  const abort = new AbortController();
  response.on('close', () => abort.abort());
  const authorization = request.headers['x-prometheus-authorization'];
  const outcome = await askPrometheus(
    {
      address: String(request.headers['x-prometheus-address']),
      ...(typeof authorization === 'string' && { authorization }),
    },
    abort.signal,
  );
  const answered = outcome.status === 'answered';
  // 200 even for a failure: it is the server's, not the page's, and a browser would log it as an error of the page.
  response.writeHead(200, {
    ...securityHeaders,
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Prometheus-Outcome': answered ? String(outcome.httpStatus) : 'failed',
  });
  response.end(answered ? outcome.body : JSON.stringify(outcome));
}
