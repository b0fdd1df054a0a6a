import { runInNewContext } from 'node:vm';
import { expect, it, vi } from 'vitest';
import { oneByteSources } from '../../tools/one-byte.mjs';

function bundled(code: string) {
  const chunk = { type: 'chunk', fileName: 'a.js', code };
  const error = vi.fn();
  const generate = oneByteSources().generateBundle as unknown as (
    this: { error(text: string): void },
    options: unknown,
    bundle: Record<string, unknown>,
  ) => void;
  generate.call({ error }, {}, { 'a.js': chunk });
  return { code: chunk.code, error };
}

it('writes what lies beyond Latin-1 as escapes of the same text', () => {
  const text = 'µs ≥ 0 – 🚀';
  const { code, error } = bundled(`(() => ${JSON.stringify(text)} + \`${text}\` + /[–≥]/.source.length)()`);
  expect(code).toMatch(/^[\0-\xff]+$/);
  expect(runInNewContext(code)).toBe(`${text}${text}${'[\\u2013\\u2265]'.length}`);
  expect(error).not.toHaveBeenCalled();
});

it('minds String.raw, which would show the escape', () => {
  expect(bundled('String.raw`a–b`').error).toHaveBeenCalledOnce();
  expect(bundled('String.raw`a-b` + "–"').error).not.toHaveBeenCalled();
});
