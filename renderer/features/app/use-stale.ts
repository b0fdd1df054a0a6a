import { useDocuments, useRuns, useSession } from './session-context.ts';

/**
 * Whether the numbers on screen answer an earlier text than the one on the desk. While a preview of the newer one is on
 * its way they do not count as such: it is there before anyone could read that they are.
 */
export function useStale(): boolean {
  const session = useSession();
  useDocuments(({ parsed }) => parsed);
  useDocuments(({ activeId }) => activeId);
  useRuns(({ shown }) => shown);
  const previewing = useRuns((state) => state.previewing);
  return !previewing && session.isStale();
}
