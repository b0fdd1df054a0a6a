import { useSyncExternalStore } from 'react';

function subscribe(changed: () => void): () => void {
  let query: MediaQueryList;
  const listen = (): void => {
    query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    query.addEventListener('change', moved, { once: true });
  };
  const moved = (): void => {
    listen();
    changed();
  };
  listen();
  return () => query.removeEventListener('change', moved);
}

/** Device pixels per CSS pixel; changes when the window moves to another screen or the page is zoomed. */
export function usePixelRatio(): number {
  return useSyncExternalStore(subscribe, () => devicePixelRatio);
}
