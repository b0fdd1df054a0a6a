/**
 * What the workbench's page is served: which file answers a path, and with which headers. One piece of code for both
 * ways in, app:// of the desktop shell and the loopback server of tools/serve.mjs, so that both are equally strict.
 * Plain JavaScript with typed comments, because the tools run it without a build.
 */
import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

/** Nothing from anywhere but the workbench itself, no inline script, no eval. */
const contentSecurityPolicy = [
  "default-src 'none'",
  // WebAssembly, and no eval of text: custom policies run in an interpreter compiled to it.
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  // The editor and the component set write style elements; they hold no text of the user's.
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  // Charts become PNG by way of an image made in the page.
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** COOP and COEP isolate the page, so that workers may share memory. @type {Readonly<Record<string, string>>} */
export const securityHeaders = {
  'Content-Security-Policy': contentSecurityPolicy,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** @type {Readonly<Record<string, string>>} */
const contentTypes = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.yaml': 'text/plain; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/**
 * The path of a URL as names below the site's folder, or null where it could mean anything else: a way out of the
 * folder, a hidden file, another separator, a broken escape.
 *
 * @param {string} pathname starts with `/`, as in a URL, still escaped
 * @returns {readonly string[] | null}
 */
export function namesOf(pathname) {
  let decoded;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (!decoded.startsWith('/') || /[\\\0:]/.test(decoded)) return null;
  const names = decoded.slice(1).split('/');
  if (names.length === 1 && names[0] === '') return ['index.html'];
  return names.every((name) => name !== '' && !name.startsWith('.')) ? names : null;
}

/**
 * @typedef {{ status: 200 | 400 | 404, headers: Record<string, string>, body: Uint8Array }} Answer
 *
 * @param {string} folder absolute
 * @param {string} pathname
 * @returns {Promise<Answer>}
 */
export async function answer(folder, pathname) {
  const names = namesOf(pathname);
  if (names === null) return refusal(400, 'This is not a path of the workbench.');
  try {
    const file = await realpath(join(folder, ...names));
    // A link may point out of the folder; what counts is where it leads.
    if (!file.startsWith((await realpath(folder)) + sep)) return refusal(404, 'There is no such file.');
    const body = await readFile(file);
    // Names below assets/ carry a hash of their content.
    const caching = names[0] === 'assets' ? 'max-age=31536000, immutable' : 'no-cache';
    const type = contentTypes[extname(file)] ?? 'application/octet-stream';
    return { status: 200, headers: { ...securityHeaders, 'Content-Type': type, 'Cache-Control': caching }, body };
  } catch {
    return refusal(404, 'There is no such file.');
  }
}

/** @param {400 | 404} status @param {string} message @returns {Answer} */
function refusal(status, message) {
  const headers = { ...securityHeaders, 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' };
  return { status, headers, body: new TextEncoder().encode(`${message}\n`) };
}
