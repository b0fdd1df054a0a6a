/**
 * Quantities for reading: three significant digits, a space before the unit, `–` for no data (NaN), `∞` for no limit.
 * Nothing here reads back; the print functions beside the parsers do.
 */

/** `250 µs`, `80 ms`, `2.5 s`, `1 min 30 s`, `2 h 15 min`, `3 d 4 h`. @param seconds s */
export function formatDuration(seconds: number): string {
  return formatted(seconds, (size) => {
    if (size === 0) return '0 s';
    if (size < 0.9995e-3) return `${significant(size * 1e6)} µs`;
    if (size < 0.9995) return `${significant(size * 1e3)} ms`;
    if (size < 59.95) return `${significant(size)} s`;
    const whole = Math.round(size);
    if (whole < 3600) return pair(whole, 60, 'min', 1, 's');
    if (whole < 86_370) return pair(whole, 3600, 'h', 60, 'min');
    return pair(whole, 86_400, 'd', 3600, 'h');
  });
}

/**
 * `150/s`, `12.5/s`, `1.25k/s`, `2/min`, `36/h`, `1/d`.
 *
 * @param rate 1/s
 * @param beside 1/s, a rate whose unit this one shall have, so that the two can be compared
 */
export function formatRate(rate: number, beside = rate): string {
  const scale = Math.abs(beside);
  return formatted(rate, (size) => {
    if (scale === 0 || scale >= 0.1) return `${thousands(size)}/s`;
    if (scale * 60 >= 1) return `${significant(size * 60)}/min`;
    if (scale * 3600 >= 1) return `${significant(size * 3600)}/h`;
    return `${significant(size * 86_400)}/d`;
  });
}

/**
 * `70%`, `2.5%`; from 99% on, enough digits to tell it from 100%: `99.95%`, `99.9995%`.
 *
 * @param fraction 0.7 for 70%
 */
export function formatPercent(fraction: number): string {
  return formatted(fraction, (size) => {
    if (size <= 0.99 || size >= 1) return `${significant(size * 100)}%`;
    let decimals = 1;
    for (let rest = (1 - size) * 100; decimals < 9 && rest < 1; rest *= 10) decimals++;
    const text = (size * 100).toFixed(decimals + 1).replace(/\.?0+$/, '');
    return `${text === '100' && decimals === 9 ? '99.9999999' : text}%`;
  });
}

/** `500m`, `2`, `1.25`: as Kubernetes writes CPU. @param millicores thousandths of a core */
export function formatCpu(millicores: number): string {
  return formatted(millicores, (size) => (size < 999.5 ? `${significant(size)}m` : significant(size / 1000)));
}

/** `256 MiB`, `1.5 GiB`, `900 B`: powers of 1,024. @param bytes */
export function formatBytes(bytes: number): string {
  return formatted(bytes, (size) => {
    const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
    let rest = size;
    let index = 0;
    while (rest >= 1023.5 && index < units.length - 1) {
      rest /= 1024;
      index++;
    }
    return `${significant(rest)} ${units[index]}`;
  });
}

function formatted(value: number, format: (size: number) => string): string {
  if (Number.isNaN(value)) return '–';
  const sign = value < 0 ? '−' : '';
  return sign + (Math.abs(value) === Infinity ? '∞' : format(Math.abs(value)));
}

/** Three significant digits without trailing zeros or exponent; whole numbers keep all their digits. */
function significant(size: number): string {
  if (size >= 999.5) return String(Math.round(size));
  return String(Number(size.toPrecision(3)));
}

function thousands(size: number): string {
  if (size < 9999.5) return significant(size);
  return size < 999_500 ? `${significant(size / 1e3)}k` : `${significant(size / 1e6)}M`;
}

function pair(whole: number, large: number, largeName: string, small: number, smallName: string): string {
  const smalls = Math.round(whole / small);
  const [count, rest] = [Math.floor((smalls * small) / large), smalls % (large / small)];
  return rest === 0 ? `${count} ${largeName}` : `${count} ${largeName} ${rest} ${smallName}`;
}
