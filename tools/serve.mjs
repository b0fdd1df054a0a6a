#!/usr/bin/env node
/**
 * Serves the built workbench to a browser on this machine: `node tools/serve.mjs [--port 4780]`.
 *
 * Loopback only, GET and HEAD only. The Host header is checked, because a page on the internet can point a name of its
 * own at 127.0.0.1 and would then be let in as the same origin. One path is no file: a GET there asks the Prometheus a
 * person named; see docs/decisions/reaching-prometheus.md.
 */
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { answer, securityHeaders } from '../electron/renderer-files.mjs';
import { answerPrometheus, prometheusPath } from './prometheus-way.mjs';
import { root } from './root.mjs';

/**
 * Always the same when it is free: the browser keeps what the workbench stores by address, port included.
 */
const preferredPort = 4780;

/** @param {string} folder @param {() => number} port */
function handler(folder, port) {
  /** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
  return async (request, response) => {
    /** @param {number} status @param {string} message @param {Record<string, string>} [headers] */
    const refuse = (status, message, headers = {}) => {
      response.writeHead(status, { ...securityHeaders, 'Content-Type': 'text/plain; charset=utf-8', ...headers });
      response.end(request.method === 'HEAD' ? undefined : `${message}\n`);
    };
    const hosts = [`127.0.0.1:${port()}`, `localhost:${port()}`];
    if (!hosts.includes(request.headers.host ?? '')) {
      refuse(403, `The workbench answers only to http://${hosts[0]}.`);
    } else if (request.method !== 'GET' && request.method !== 'HEAD') {
      refuse(405, 'The workbench can only be read.', { Allow: 'GET, HEAD' });
    } else {
      const [pathname = ''] = (request.url ?? '').split(/[?#]/);
      if (request.method === 'GET' && pathname === prometheusPath) return answerPrometheus(request, response, refuse);
      const { status, headers, body } = await answer(folder, pathname);
      response.writeHead(status, { ...headers, 'Content-Length': body.length });
      response.end(request.method === 'HEAD' ? undefined : body);
    }
  };
}

/**
 * @param {{ folder?: string, port?: number }} [options] port 0: any free one
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function serve({ folder = join(root, 'dist', 'renderer'), port } = {}) {
  let bound = 0;
  const handle = handler(folder, () => bound);
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  /** @param {number} wanted @returns {Promise<void>} */
  const listen = (wanted) =>
    new Promise((done, fail) => {
      server.once('error', fail);
      server.listen(wanted, '127.0.0.1', () => {
        server.off('error', fail);
        done();
      });
    });
  if (port === undefined) await listen(preferredPort).catch(() => listen(0));
  else await listen(port);
  bound = /** @type {import('node:net').AddressInfo} */ (server.address()).port;
  const close = () =>
    new Promise((/** @type {(value: void) => void} */ done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${bound}/`, close };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
  const at = process.argv.indexOf('--port');
  const { url } = await serve(at < 0 ? {} : { port: Number(process.argv[at + 1]) });
  process.stdout.write(`${url}\n`);
}
