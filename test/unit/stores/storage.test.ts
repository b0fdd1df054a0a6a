import { describe, expect, it } from 'vitest';
import {
  readPreferences,
  readWorkspace,
  writePreferences,
  writeWorkspace,
  type TextStorage,
} from '../../../renderer/stores/storage.ts';
import { defaultPreferences } from '../../../renderer/stores/view.ts';

function memory(): TextStorage & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>();
  return { texts, getItem: (key) => texts.get(key) ?? null, setItem: (key, value) => void texts.set(key, value) };
}

const workspace = {
  activeId: 'file:1',
  documents: [{ id: 'file:1', fileName: 'a.yaml', origin: 'file' as const, text: 'new', savedText: 'old' }],
};

describe('the workspace', () => {
  it('comes back as it was left', () => {
    const storage = memory();
    expect(writeWorkspace(storage, workspace)).toBe(true);
    expect(readWorkspace(storage)).toEqual(workspace);
  });

  it('is null when there is none, or when it is garbage', () => {
    const storage = memory();
    expect(readWorkspace(storage)).toBeNull();
    for (const text of ['{', '[]', '{"activeId":1,"documents":[]}', 'null']) {
      storage.texts.set('headroom/workspace/v1', text);
      expect(readWorkspace(storage)).toBeNull();
    }
  });

  it('leaves out documents that cannot be used', () => {
    const storage = memory();
    storage.texts.set(
      'headroom/workspace/v1',
      JSON.stringify({ ...workspace, documents: [...workspace.documents, { id: 3 }, null] }),
    );
    expect(readWorkspace(storage)?.documents).toEqual(workspace.documents);
  });

  it('says so when it cannot be written', () => {
    const full: TextStorage = {
      getItem: () => null,
      setItem: () => {
        throw new Error('QuotaExceededError');
      },
    };
    expect(writeWorkspace(full, workspace)).toBe(false);
  });
});

describe('preferences', () => {
  it('come back one by one; an odd one takes its default', () => {
    const lanes = { order: ['latency'], hidden: ['cost'], pinned: [] };
    const storage = memory();
    writePreferences(storage, { ...defaultPreferences, theme: 'dark', libraryWidth: 240, lanes });
    expect(readPreferences(storage)).toEqual({ ...defaultPreferences, theme: 'dark', libraryWidth: 240, lanes });
    storage.texts.set(
      'headroom/preferences/v1',
      JSON.stringify({
        theme: 'pink',
        libraryWidth: 'wide',
        inspectorOpen: false,
        lanes: { order: 3 },
        metricGroups: {},
      }),
    );
    expect(readPreferences(storage)).toEqual({ ...defaultPreferences, inspectorOpen: false });
  });
});
