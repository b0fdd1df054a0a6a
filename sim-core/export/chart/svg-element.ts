/** What text of an SVG is set in, the app's own first. */
export const svgFonts = "Inter, 'Inter Variable', 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif";

/** Text for an SVG: markup escaped; control characters and halves of surrogate pairs, which XML cannot hold, left out. */
export function escapeXml(text: string): string {
  return text
    .replace(/(?![\t\n\r])\p{Cc}|[\p{Cs}\ufffe\uffff]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** One element, attributes escaped and numbers rounded to hundredths. @param content already escaped */
export function element(name: string, attributes: Attributes, content?: string): string {
  let text = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    text += ` ${key}="${typeof value === 'number' ? Math.round(value * 100) / 100 : escapeXml(value)}"`;
  }
  return content === undefined ? `${text}/>` : `${text}>${content}</${name}>`;
}
