/**
 * The only thing the workbench ever asks of a network: one GET for a range, of the Prometheus a person named. One piece
 * of code for both ways out, the desktop's IPC and the loopback server of tools/serve.mjs, so that both are equally strict.
 */

/** @typedef {import('../renderer/platform/contract.ts').AskRequest} AskRequest */
/** @typedef {import('../renderer/platform/contract.ts').AskOutcome} AskOutcome */

/** Longest address, characters; an expression stands in it, escaped. */
export const maxAddressLength = 8000;
/** Largest answer taken in, bytes; the page asks for less at a time when there is more. */
export const maxAnswerBytes = 64 * 1024 * 1024;
const patienceMilliseconds = 60_000;

const parameters = 'end query start step';

/**
 * Whether this is the address of a range query and of nothing else: http or https, no login in it, the one path of
 * Prometheus' interface, its four parameters.
 *
 * @param {string} address
 */
export function isRangeRequest(address) {
  if (address.length > maxAddressLength || !URL.canParse(address)) return false;
  const url = new URL(address);
  return (
    (url.protocol === 'http:' || url.protocol === 'https:') &&
    url.username === '' &&
    url.password === '' &&
    url.hash === '' &&
    url.pathname.endsWith('/api/v1/query_range') &&
    [...url.searchParams.keys()].sort().join(' ') === parameters
  );
}

/** Whether this can be sent as the value of one header. @param {string} value */
export function isAuthorization(value) {
  return /^[\x21-\x7e](?:[\x20-\x7e]{0,8190}[\x21-\x7e])?$/.test(value);
}

/**
 * Sends the request. Redirects are not followed: only the address a person typed is asked.
 *
 * @param {AskRequest} request
 * @param {AbortSignal} signal ends it
 * @param {{ answerBytes?: number, milliseconds?: number }} [limits]
 * @returns {Promise<AskOutcome>}
 */
export async function askPrometheus({ address, authorization }, signal, limits = {}) {
  const { answerBytes = maxAnswerBytes, milliseconds = patienceMilliseconds } = limits;
  if (!isRangeRequest(address)) return failed('', 'this is not the address of a range query');
  if (authorization !== undefined && !isAuthorization(authorization)) return failed('', 'this is not a login');
  const timeout = AbortSignal.timeout(milliseconds);
  try {
    const response = await fetch(address, {
      headers: { accept: 'application/json', ...(authorization !== undefined && { authorization }) },
      redirect: 'manual',
      signal: AbortSignal.any([signal, timeout]),
    });
    const { status, headers } = response;
    if (status >= 300 && status < 400) {
      await response.body?.cancel();
      return failed('', `it sends on to ${headers.get('location') ?? 'another address'}, which was not named`);
    }
    const body = await textOf(response, answerBytes);
    return body === null
      ? { status: 'answered', httpStatus: 413, body: '' }
      : { status: 'answered', httpStatus: status, body };
  } catch (error) {
    if (signal.aborted) return failed('', 'it was cancelled');
    if (timeout.aborted) return failed('', `nothing came within ${milliseconds / 1000} s`);
    return reasonOf(error);
  }
}

/** @param {Response} response @param {number} limit bytes @returns {Promise<string | null>} null when it is larger */
async function textOf(response, limit) {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    // Leaving the loop ends the transfer.
    if (size > limit) return null;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** Node hides the reason in a cause, and a name with several addresses has several. @param {unknown} error @returns {AskOutcome} */
function reasonOf(error) {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const first = cause instanceof AggregateError ? cause.errors[0] : cause;
  const code = first instanceof Error && 'code' in first ? String(first.code) : '';
  return failed(code, first instanceof Error ? first.message : String(first));
}

/** @param {string} code @param {string} message @returns {AskOutcome} */
function failed(code, message) {
  return { status: 'failed', code, message: message.slice(0, 1000) };
}
