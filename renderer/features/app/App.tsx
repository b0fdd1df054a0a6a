import { Tooltip } from 'radix-ui';
import { useEffect } from 'react';
import { BottomPanel } from './BottomPanel.tsx';
import { DropZone } from '../drop/DropZone.tsx';
import { TracePanel } from '../drop/TracePanel.tsx';
import { takeIn } from '../drop/intake.ts';
import { Inspector } from '../inspector/Inspector.tsx';
import { Library } from '../library/Library.tsx';
import { Messages } from '../messages/Messages.tsx';
import { CommandPalette } from '../palette/CommandPalette.tsx';
import { commandFor, takesArrows, takesLetters } from '../palette/keys.ts';
import { commandsOf } from '../palette/commands.ts';
import { KeysDialog } from '../palette/KeysDialog.tsx';
import { PrometheusDialog } from '../prometheus/PrometheusDialog.tsx';
import { CalculatorDialog } from '../theory/CalculatorDialog.tsx';
import { overlayStore } from '../palette/overlays.ts';
import { moveTime } from '../timeline/move-time.ts';
import { Timeline } from '../timeline/Timeline.tsx';
import { TopBar } from '../top-bar/TopBar.tsx';
import { Resizer } from './Resizer.tsx';
import { usePreferences, useSession } from './session-context.ts';
import { useThemeOnRoot } from './use-theme.ts';
import { narrowWidth, useWindowSize } from './use-window-size.ts';

/** What a host's menu may ask, in terms of the workbench's own commands. */
const hostCommandIds = {
  new: 'new',
  open: 'open',
  save: 'save',
  'save-as': 'save-as',
  undo: 'undo',
  redo: 'redo',
  run: 'run',
  'cancel-run': 'cancel',
  'command-palette': 'palette',
  'show-keys': 'keys',
  'fit-all': 'fit-all',
} as const;

/** The one window. */
export function App() {
  const session = useSession();
  const { view, platform } = session;
  const preferences = usePreferences((state) => state);
  const { width, height } = useWindowSize();
  useThemeOnRoot();

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      // An open overlay has the keys to itself; text fields keep theirs for undo.
      if (event.defaultPrevented || overlayStore.getState().open !== null) return;
      const command = commandFor(event, commandsOf(session));
      if (command) {
        event.preventDefault();
        command.run();
      } else if (!takesLetters(event.target) && !takesArrows(event) && moveTime(session, event)) {
        event.preventDefault();
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [session]);

  useEffect(() => {
    const stopFiles = platform.onFilesOpened((files) => void takeIn(session, files));
    const stopCommands = platform.onCommand((name) => {
      if (name === 'toggle-theme') {
        const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
        const { theme } = view.preferences.getState();
        view.prefer({ theme: (theme === 'system' ? isDark : theme === 'dark') ? 'light' : 'dark' });
        return;
      }
      commandsOf(session)
        .find(({ id, enabled }) => enabled && id === hostCommandIds[name])
        ?.run();
    });
    return () => {
      stopFiles();
      stopCommands();
    };
  }, [session, platform, view]);

  const narrow = width < narrowWidth;
  const libraryOpen = narrow ? preferences.libraryOpenNarrow : preferences.libraryOpen;
  const libraryWidth = libraryOpen ? preferences.libraryWidth : 0;
  const inspectorWidth = Math.min(preferences.inspectorWidth, narrow ? 284 : 560);
  const bottomMax = height - 43 - 200;
  const bottomHeight = Math.round(Math.min(Math.max(preferences.bottomShare * height, 120), bottomMax));

  return (
    <Tooltip.Provider delayDuration={350}>
      <div className="workbench">
        <TopBar />
        <div className="body">
          {libraryOpen ? (
            <nav className="side side-left" style={{ width: libraryWidth }} aria-label="Library">
              <Library />
              <Resizer
                label="Width of the library"
                direction="right"
                size={libraryWidth}
                min={160}
                max={360}
                onSize={(size) => view.prefer({ libraryWidth: size })}
              />
            </nav>
          ) : (
            <span />
          )}
          <main className="centre">
            <Timeline />
            <section className="bottom" style={{ height: bottomHeight }} aria-label="Results">
              <Resizer
                label="Height of the results"
                direction="up"
                size={bottomHeight}
                min={120}
                max={bottomMax}
                onSize={(size) => view.prefer({ bottomShare: size / height })}
              />
              <BottomPanel />
            </section>
          </main>
          {preferences.inspectorOpen && (
            <aside className="side side-right" style={{ width: inspectorWidth }} aria-label="Inspector">
              <Inspector />
              <Resizer
                label="Width of the inspector"
                direction="left"
                size={inspectorWidth}
                min={240}
                max={Math.min(560, width - libraryWidth - 420)}
                onSize={(size) => view.prefer({ inspectorWidth: size })}
              />
            </aside>
          )}
        </div>
      </div>
      <DropZone />
      <TracePanel />
      <CommandPalette />
      <KeysDialog />
      <CalculatorDialog />
      <PrometheusDialog />
      <Messages />
    </Tooltip.Provider>
  );
}
