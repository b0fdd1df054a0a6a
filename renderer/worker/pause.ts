/**
 * Yields one macrotask, so that messages that wait (a cancel, say) are read. A resolved promise would not do, and
 * timers are clamped to 4 ms.
 */
export function createPause(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  let resume: (() => void) | null = null;
  port1.onmessage = () => resume?.();
  return () =>
    new Promise((resolve) => {
      resume = resolve;
      port2.postMessage(null);
    });
}
