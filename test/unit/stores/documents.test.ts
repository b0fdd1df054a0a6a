import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../../sim-core/index.ts';
import { createDocuments, isDirty } from '../../../renderer/stores/documents.ts';

/** Stands for the core's parser: any text but one with `!` is a scenario, named by the text. */
const parse = (text: string) =>
  text.includes('!')
    ? { issues: [{ code: 'bad', severity: 'error' as const, message: 'Take the ! away.', path: [] }] }
    : { scenario: { name: text } as Scenario, issues: [] };

function desk() {
  let time = 0;
  const documents = createDocuments({ parse, now: () => time });
  documents.open({ id: 'a', fileName: 'a.yaml', origin: 'shipped', text: 'one' });
  return { documents, wait: (milliseconds: number) => void (time += milliseconds) };
}

describe('documents', () => {
  it('undoes and redoes every edit', () => {
    const { documents } = desk();
    documents.edit('two');
    documents.edit('three');
    expect(documents.undo()).toBe(true);
    expect(documents.active()?.text).toBe('two');
    documents.undo();
    expect(documents.active()?.text).toBe('one');
    expect(documents.undo()).toBe(false);
    documents.redo();
    documents.redo();
    expect(documents.active()?.text).toBe('three');
    expect(documents.redo()).toBe(false);
  });

  it('forgets what was undone once something else is written', () => {
    const { documents } = desk();
    documents.edit('two');
    documents.undo();
    documents.edit('other');
    expect(documents.redo()).toBe(false);
  });

  it('joins edits of one drag into one step, and no others', () => {
    const { documents, wait } = desk();
    documents.edit('61', 'target');
    wait(200);
    documents.edit('62', 'target');
    wait(200);
    documents.edit('62 and 7', 'window');
    wait(1500);
    documents.edit('62 and 8', 'window');
    const seen = [];
    while (documents.undo()) seen.push(documents.active()?.text);
    expect(seen).toEqual(['62 and 7', '62', 'one']);
  });

  it('marks what differs from the saved text, and only that', () => {
    const { documents } = desk();
    const dirty = () => isDirty(documents.active()!);
    documents.edit('two');
    expect(dirty()).toBe(true);
    documents.edit('one');
    expect(dirty()).toBe(false);
    documents.edit('two');
    documents.markSaved({ text: 'two', fileName: 'a.yaml' });
    expect(dirty()).toBe(false);
  });

  it('keeps the last valid scenario while the text is broken', () => {
    const { documents } = desk();
    documents.edit('two');
    documents.edit('two!');
    const { parsed, lastValid } = documents.store.getState();
    expect(parsed.issues).toHaveLength(1);
    expect(lastValid).toEqual({ text: 'two', scenario: { name: 'two' } });
  });

  it('keeps edits of a document while another one is open', () => {
    const { documents } = desk();
    documents.edit('mine');
    documents.open({ id: 'b', fileName: 'b.yaml', origin: 'shipped', text: 'other' });
    documents.open({ id: 'a', fileName: 'a.yaml', origin: 'shipped', text: 'one' });
    expect(documents.active()?.text).toBe('mine');
    documents.undo();
    expect(documents.active()?.text).toBe('one');
  });

  it('falls back to the saved text for the form of a document restored while broken', () => {
    const { documents } = desk();
    documents.open({ id: 'c', fileName: 'c.yaml', origin: 'file', text: 'broken!', savedText: 'whole' });
    expect(documents.store.getState().lastValid?.text).toBe('whole');
  });

  it('reverts in one step that can be undone', () => {
    const { documents } = desk();
    documents.edit('two');
    documents.edit('three');
    documents.revert();
    expect(documents.active()?.text).toBe('one');
    documents.undo();
    expect(documents.active()?.text).toBe('three');
  });
});
