import '@fontsource-variable/inter/wght.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/controls.css';
import './styles/overlays.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './features/app/App.tsx';
import { SessionContext } from './features/app/session-context.ts';
import { currentPlatform } from './platform/browser-platform.ts';
import { indexedDbBytes } from './platform/indexed-db.ts';
import { createSession } from './session.ts';
import { createSimulationClient, poolSize } from './sim/client.ts';
import { startSimulationWorker } from './sim/worker-handle.ts';

const session = createSession({
  client: createSimulationClient({ size: poolSize(navigator.hardwareConcurrency), start: startSimulationWorker }),
  previewClient: createSimulationClient({ size: 1, start: startSimulationWorker }),
  // Its workers start with the first map.
  mapClient: createSimulationClient({ size: poolSize(navigator.hardwareConcurrency), start: startSimulationWorker }),
  platform: currentPlatform(),
  storage: localStorage,
  bytes: indexedDbBytes,
  now: () => Date.now(),
  hash: location.hash,
  writeHash: (hash) => history.replaceState(null, '', `${location.pathname}${location.search}${hash}`),
});

// The last edits are kept even when the window closes before the autosave.
window.addEventListener('pagehide', () => session.saveWorkspace());
window.addEventListener('hashchange', () => session.follow(location.hash));
void session.restore();
session.runs.warmUp();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <SessionContext value={session}>
      <App />
    </SessionContext>
  </StrictMode>,
);
