/**
 * Yields one macrotask, so that messages that wait (a cancel, say) are read. A resolved promise would not do, and
 * timers are clamped to 4 ms. Several may wait at once.
 */
export function createPause(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(null);
    });
}
