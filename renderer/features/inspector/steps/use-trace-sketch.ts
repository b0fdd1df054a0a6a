import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useSession } from '../../app/session-context.ts';
import type { Data } from '../yaml-data.ts';
import { sketchTrace, type TraceSketch } from './trace-sketch.ts';

/**
 * The newest sketch there is of a trace as written; null before the first. One is made at a time: of what is written
 * meanwhile only the newest is looked at.
 */
export function useTraceSketch(trace: Data, isWanted: boolean): TraceSketch | null {
  const session = useSession();
  // A file of the same name that is dropped anew changes the list.
  const library = useStore(session.traces.store, ({ traces }) => traces);
  const written = JSON.stringify(trace);
  const [made, setMade] = useState<{ sketch: TraceSketch; written: string; library: typeof library } | null>(null);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    if (!isWanted || isBusy || (made?.written === written && made.library === library)) return;
    setBusy(true);
    void sketchTrace(session, JSON.parse(written) as Data)
      .catch((): TraceSketch => ({ before: null, after: null, issues: [] }))
      .then((sketch) => {
        setMade({ sketch, written, library });
        setBusy(false);
      });
  }, [session, written, library, isWanted, isBusy, made]);
  return made?.sketch ?? null;
}
