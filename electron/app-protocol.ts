import { protocol } from 'electron';
import { answer, securityHeaders } from './renderer-files.mjs';

const scheme = 'app';
const host = 'workbench';

/** A scheme of its own: file:// pages may not load modules or workers, and share one origin with every file on disk. */
export const workbenchUrl = `${scheme}://${host}/index.html`;

/** Whether this address is a page of the workbench; anything that does not parse is not. */
export function isWorkbenchUrl(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.protocol === `${scheme}:` && url.host === host && url.username === '';
}

/** Must run before the application is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Answers one request for a file of the built renderer. */
export async function answerRequest(folder: string, request: Pick<Request, 'method' | 'url'>): Promise<Response> {
  if (!isWorkbenchUrl(request.url)) return refuse(403, 'This is not an address of the workbench.');
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'The workbench can only be read.');
  const { status, headers, body } = await answer(folder, new URL(request.url).pathname);
  return new Response(request.method === 'HEAD' ? null : body.slice(), { status, headers });
}

function refuse(status: number, message: string): Response {
  return new Response(`${message}\n`, { status, headers: { ...securityHeaders, 'Content-Type': 'text/plain' } });
}

/** @param folder the built renderer, absolute */
export function serveWorkbench(folder: string): void {
  protocol.handle(scheme, (request) => answerRequest(folder, request));
}
