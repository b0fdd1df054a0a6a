import { describe, expect, it } from 'vitest';
import type { Command } from '../../../renderer/features/palette/commands.ts';
import { commandFor, keyOf, printKey } from '../../../renderer/features/palette/keys.ts';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

describe('keys', () => {
  it('are named as commands name them', () => {
    expect(keyOf(press('k', { ctrlKey: true }))).toBe('Mod+K');
    expect(keyOf(press('Z', { ctrlKey: true, shiftKey: true }))).toBe('Mod+Shift+Z');
    expect(keyOf(press('?', { shiftKey: true }))).toBe('?');
    expect(keyOf(press('Escape'))).toBe('Esc');
    expect(keyOf(press('.'))).toBe('.');
  });

  it('with Alt or a foreign modifier belong to the system', () => {
    expect(keyOf(press('k', { altKey: true }))).toBe('');
    expect(keyOf(press('k', { metaKey: true }))).toBe('');
  });

  it('print as people read them', () => {
    expect(printKey('Mod+Shift+Z')).toBe('Ctrl Shift Z');
    expect(printKey('Mod+Enter')).toBe('Ctrl ↵');
  });

  it('find an enabled command only', () => {
    const command = (enabled: boolean): Command => ({
      id: 'undo',
      group: 'Edit',
      title: 'Undo',
      keys: ['Mod+Z'],
      enabled,
      run: () => {},
    });
    const event = { ...press('z', { ctrlKey: true }), target: null } as unknown as KeyboardEvent;
    expect(commandFor(event, [command(true)])?.id).toBe('undo');
    expect(commandFor(event, [command(false)])).toBeUndefined();
  });
});
