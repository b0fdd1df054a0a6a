import { Resvg } from '@resvg/resvg-js';
import type { ResvgRenderOptions } from '@resvg/resvg-js';
import { stat } from 'node:fs/promises';
import { UserError } from './user-error.ts';

/** Fonts most systems have one of, in the order they are wished for. */
const families = ['Inter', 'Helvetica Neue', 'Arial', 'Segoe UI', 'DejaVu Sans', 'Liberation Sans', 'Noto Sans'];

export interface PngOptions {
  /** a TrueType or OpenType file; without it a font of the system is used */
  readonly fontFile?: string;
  /** false for tests: as on a machine without any font */
  readonly systemFonts?: boolean;
}

/**
 * Draws an SVG as PNG, at twice its size in pixels, so that text is sharp.
 *
 * @throws UserError when there is no font to write its text with: a chart without words would be worse than none
 */
export async function renderPng(svg: string, { fontFile, systemFonts = true }: PngOptions = {}): Promise<Uint8Array> {
  if (fontFile !== undefined && (await stat(fontFile).catch(() => undefined))?.isFile() !== true) {
    throw new UserError(`There is no font file ${fontFile}. Name a .ttf or .otf file.`);
  }
  const font = fontOptions(fontFile, systemFonts);
  if (font === undefined) {
    throw new UserError(
      fontFile === undefined
        ? 'This machine has no font to write the text of a PNG with. Name one with --font file.ttf, install one (Debian: fonts-dejavu-core), or export --what svg.'
        : `${fontFile} cannot be used as a font. Name a .ttf or .otf file.`,
    );
  }
  return new Resvg(svg, { font, fitTo: { mode: 'zoom', value: 2 } }).render().asPng();
}

type Font = NonNullable<ResvgRenderOptions['font']>;

/** The first choice of font with which text really shows. */
function fontOptions(fontFile: string | undefined, loadSystemFonts: boolean): Font | undefined {
  const base: Font = fontFile === undefined ? { loadSystemFonts } : { loadSystemFonts: false, fontFiles: [fontFile] };
  const choices: Font[] = [
    base,
    ...families.map((family) => ({ ...base, defaultFontFamily: family, sansSerifFamily: family })),
  ];
  return choices.find(showsText);
}

function showsText(font: Font): boolean {
  const probe =
    '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30"><text x="2" y="20" font-size="16" font-family="Inter, sans-serif">Probe</text></svg>';
  return new Resvg(probe, { font }).render().pixels.some((value) => value !== 0);
}
