/**
 * V8 keeps a source in memory at one byte a character, or at two as soon as a single one lies beyond Latin-1. Words for
 * people have such characters (–, ≥, √); written as escapes they are the same text, and the source takes half as much, in
 * every thread.
 *
 * @returns {import('vite').Plugin}
 */
export const oneByteSources = () => ({
  name: 'one-byte-sources',
  // Only once the code is done with: what prints it anew would write the characters out again.
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue;
      const raw = /String\.raw`[^`]*[^\0-\xff]/.test(chunk.code);
      if (raw) this.error(`String.raw in ${chunk.fileName} would show an escape as it is written.`);
      chunk.code = chunk.code.replace(/[^\0-\xff]/g, escaped);
    }
  },
});

/** @param {string} unit one UTF-16 code unit, as the expression has no flag u */
const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
