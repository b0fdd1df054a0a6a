import { Resvg } from '@resvg/resvg-js';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { renderPng } from '../../../cli/png.ts';

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="40"><rect width="100" height="40" fill="white"/><text x="5" y="25" font-family="No Such Font" font-size="16">Replicas</text></svg>';
const folder = mkdtempSync(join(tmpdir(), 'headroom-png-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('renderPng', () => {
  it('draws at twice the size, with text that can be seen', async () => {
    const png = Buffer.from(await renderPng(svg));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([200, 80]);
    const picture = new Resvg(
      `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="80"><image width="200" height="80" href="data:image/png;base64,${png.toString('base64')}"/></svg>`,
    ).render();
    const dark = picture.pixels.filter((value, index) => index % 4 === 0 && value < 100).length;
    expect(dark).toBeGreaterThan(50);
  });

  it('says so instead of leaving the text out where there is no font', async () => {
    await expect(renderPng(svg, { systemFonts: false })).rejects.toThrow(/no font.*--font.*--what svg/);
    writeFileSync(join(folder, 'not-a-font.ttf'), 'hello');
    await expect(renderPng(svg, { fontFile: join(folder, 'not-a-font.ttf') })).rejects.toThrow(
      /cannot be used as a font/,
    );
    await expect(renderPng(svg, { fontFile: join(folder, 'missing.ttf') })).rejects.toThrow(/There is no font file/);
  });
});
