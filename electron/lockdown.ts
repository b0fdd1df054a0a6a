import type { Session, WebContents } from 'electron';
import { isWorkbenchUrl } from './app-protocol.ts';

/** What a page of the workbench may ask the browser for: to put text on the clipboard, after a click. */
const grantedPermissions: readonly string[] = ['clipboard-sanitized-write'];

/** The page stays where it is and opens nothing: it needs neither, so whoever tries is not the workbench. */
export function lockPage(page: WebContents): void {
  page.on('will-navigate', (event) => event.preventDefault());
  page.on('will-frame-navigate', (event) => event.preventDefault());
  page.on('will-redirect', (event) => event.preventDefault());
  page.on('will-attach-webview', (event) => event.preventDefault());
  page.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** The workbench works offline: a request to anywhere else is cancelled, whoever makes it. */
export function isLocalRequest(address: string): boolean {
  if (isWorkbenchUrl(address)) return true;
  if (!URL.canParse(address)) return false;
  const { protocol } = new URL(address);
  return protocol === 'data:' || protocol === 'devtools:' || (protocol === 'blob:' && isWorkbenchUrl(address.slice(5)));
}

export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_page, permission, decide) => decide(grantedPermissions.includes(permission)));
  session.setPermissionCheckHandler((_page, permission) => grantedPermissions.includes(permission));
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !isLocalRequest(url) }));
}
