import type { MenuItemConstructorOptions } from 'electron';
import type { HostCommand } from '../renderer/platform/contract.ts';

/**
 * The native menu. It does nothing itself: each entry asks the workbench, which knows what is possible now.
 * Keys are only shown here (the page listens to them itself, so that Undo in a text field undoes text).
 */
export function menuTemplate(
  send: (command: HostCommand) => void,
  platform: NodeJS.Platform,
): MenuItemConstructorOptions[] {
  const item = (label: string, command: HostCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
    click: () => send(command),
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const onMac = platform === 'darwin';
  return [
    ...(onMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: 'File',
      submenu: [
        item('New scenario', 'new', 'CmdOrCtrl+N'),
        item('Open…', 'open', 'CmdOrCtrl+O'),
        separator,
        item('Save', 'save', 'CmdOrCtrl+S'),
        item('Save as…', 'save-as', 'CmdOrCtrl+Shift+S'),
        separator,
        { role: onMac ? 'close' : 'quit' },
      ],
    },
    {
      label: 'Edit',
      submenu: [
        item('Undo', 'undo', 'CmdOrCtrl+Z'),
        item('Redo', 'redo', 'CmdOrCtrl+Shift+Z'),
        separator,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: 'Run',
      submenu: [item('Run', 'run', 'CmdOrCtrl+Enter'), item('Cancel', 'cancel-run', 'CmdOrCtrl+.')],
    },
    {
      label: 'View',
      submenu: [
        item('Fit all', 'fit-all', '0'),
        item('Commands…', 'command-palette', 'CmdOrCtrl+K'),
        item('Light or dark', 'toggle-theme'),
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        separator,
        { role: 'toggleDevTools' },
      ],
    },
    { label: 'Help', role: 'help', submenu: [item('Keys', 'show-keys', '?')] },
  ];
}
