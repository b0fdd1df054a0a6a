import { useCallback, useEffect, useRef } from 'react';

/** Calls at most once a frame, with the latest arguments: pointers report more often than screens draw. */
export function useFrame<Arguments extends unknown[]>(
  call: (...values: Arguments) => void,
): (...values: Arguments) => void {
  const latest = useRef(call);
  const pending = useRef<{ frame: number; values: Arguments } | null>(null);
  useEffect(() => {
    latest.current = call;
  });
  useEffect(
    () => () => {
      if (pending.current !== null) cancelAnimationFrame(pending.current.frame);
      pending.current = null;
    },
    [],
  );
  return useCallback((...values: Arguments) => {
    if (pending.current !== null) {
      pending.current.values = values;
      return;
    }
    const frame = requestAnimationFrame(() => {
      const due = pending.current;
      pending.current = null;
      if (due !== null) latest.current(...due.values);
    });
    pending.current = { frame, values };
  }, []);
}
