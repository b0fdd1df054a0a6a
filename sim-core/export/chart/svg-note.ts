import { element, escapeXml } from './svg-element.ts';
import { labelWidth } from './time-axis.ts';

const lineHeight = 17;

/** A sentence above a chart, in as many lines as it takes. @param y px: the foot of its first line */
export function svgNote(
  note: string | undefined,
  { y, width, fill }: { readonly y: number; readonly width: number; readonly fill: string },
): { readonly svg: string; /** px */ readonly height: number } {
  const lines: string[] = [];
  for (const word of note?.split(' ') ?? []) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && labelWidth(longer) <= width - 32) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  const svg = lines.map((line, i) =>
    element('text', { x: 16, y: y + i * lineHeight, 'font-size': 12, fill }, escapeXml(line)),
  );
  return { svg: svg.join(''), height: lines.length * lineHeight };
}
