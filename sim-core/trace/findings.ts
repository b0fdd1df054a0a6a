import type { Issue } from '../issue.ts';
import type { TraceMapping } from './mapping.ts';

/**
 * Every kind of trouble a trace can give, and how to mend it. `where` reads `line 7` or `lines 7, 9 and 30 more`,
 * `subject` is the cell, column or list in question.
 */
const catalogue = {
  'trace-empty': { severity: 'error', text: () => 'The file is empty. Export the data again, or name another file.' },
  'trace-header-only': {
    severity: 'error',
    text: () => 'The file has a header but no rows. Export a longer stretch of time, or name another file.',
  },
  'trace-no-values': {
    severity: 'error',
    text: () => 'No row has a value in the demand column. Name another column, or export the data again.',
  },
  'trace-binary': {
    severity: 'error',
    text: (_where, subject) =>
      `The file is ${subject}, not text that could be read. Export it as CSV, or in one of the formats listed in the guide.`,
  },
  'trace-compressed': {
    severity: 'error',
    text: (_where, subject) =>
      `The file is compressed (${subject}). Unpack it first and name the unpacked file; gz and zst are read as they are.`,
  },
  'trace-broken-archive': {
    severity: 'error',
    text: (_where, subject) =>
      `The compressed file is damaged or cut off: ${subject}. Copy or download it again, or name the unpacked file.`,
  },
  'trace-too-large': { severity: 'error', text: (_where, subject) => subject },
  'trace-format': { severity: 'error', text: (_where, subject) => subject },
  'trace-note': { severity: 'warning', text: (_where, subject) => subject },
  'trace-broken-json': {
    severity: 'error',
    text: (where, subject) => `Broken JSON at ${where}: ${subject}. The file may have been cut off; export it again.`,
  },
  'trace-prometheus': { severity: 'error', text: (_where, subject) => subject },
  'trace-prometheus-warning': { severity: 'warning', text: (_where, subject) => subject },
  'trace-missing-column': { severity: 'error', text: (_where, subject) => subject },
  'trace-unknown-name': {
    severity: 'error',
    text: (_where, subject) => `${subject}. Correct the name, or leave it out.`,
  },
  'trace-unknown-unit': { severity: 'error', text: (_where, subject) => `${subject}.` },
  'trace-column-choice': { severity: 'error', text: (_where, subject) => subject },
  'trace-unit-assumed': {
    severity: 'warning',
    text: (_where, subject) =>
      `The name of ${subject} does not tell its unit; it is taken as requests/s. Say \`unit: requests/s\` or \`unit: requests per bucket\` to be sure.`,
  },
  'trace-no-time': {
    severity: 'warning',
    text: (_where, subject) =>
      `There is no time column; each row is taken as the next ${subject}. Set \`bucket\` if that is wrong.`,
  },
  'trace-bad-time': {
    severity: 'error',
    text: (where, subject) =>
      `${where}: \`${subject}\` is not a time like the ones before. Use unix seconds or milliseconds, or ISO 8601, in every row.`,
  },
  'trace-mixed-zones': {
    severity: 'error',
    text: (where, subject) =>
      `${where}: ${subject}. Write every time in the same zone, best in UTC with a trailing Z, so that the order is certain.`,
  },
  'trace-zone-change': {
    severity: 'warning',
    text: (where, subject) =>
      `${where}: ${subject}, as at a change to or from summer time. Each time is read with its own offset.`,
  },
  'trace-no-zone': {
    severity: 'warning',
    text: () =>
      'The times have no zone; they are taken as UTC. Say `timeZone: Europe/Berlin`, or whichever it is, if they are not.',
  },
  'trace-hour-twice': {
    severity: 'warning',
    text: (where) =>
      `${where}: clocks were set back and showed this time twice. It is taken as the first, unless the order of the rows shows the second. Export the data in UTC to be sure.`,
  },
  'trace-hour-skipped': {
    severity: 'warning',
    text: (where) =>
      `${where}: clocks were set forward and never showed this time. It is read as if they had not been. Check \`timeZone\`, or export the data in UTC.`,
  },
  'trace-unsorted': {
    severity: 'error',
    text: (where) => `${where}: the time is earlier than the one before. Sort the rows by time.`,
  },
  'trace-sorted': {
    severity: 'warning',
    text: (where) => `${where}: the request is earlier than the one before. The requests were put in order of time.`,
  },
  'trace-rows-sorted': {
    severity: 'warning',
    text: (where) => `${where}: the time is earlier than the one before. The rows were put in order of time.`,
  },
  'trace-duplicates-merged': {
    severity: 'warning',
    text: (where, subject) =>
      `${where === '' ? 'Some rows, once sorted' : where}: the time is the same as of another row. Rows of one time became one: ${subject}.`,
  },
  'trace-counter-reset': {
    severity: 'warning',
    text: (where, subject) => `${where}: the counter began again. ${subject}`,
  },
  'trace-malformed-row': {
    severity: 'warning',
    text: (where, subject) =>
      `${where}: the row could not be read (\`${subject}\`) and was left out. Mend it, or say \`badRows: refuse\` to have such a file refused.`,
  },
  'trace-mostly-malformed': {
    severity: 'error',
    text: (_where, subject) =>
      `Most rows could not be read (${subject}), so the file is probably of another format. Name it with \`format\`, or export the data again.`,
  },
  'trace-saturated': {
    severity: 'warning',
    text: (_where, subject) =>
      `The service was saturated for ${subject}: what was served then is less than what was asked for. Take the demand from a place before the service, or scale those stretches up.`,
  },
  'trace-closed-loop': {
    severity: 'warning',
    text: () =>
      'The load was made by users who wait for each answer (a closed loop), so its rate falls when the service is slow. A replay of it understates what independent users would ask for.',
  },
  'trace-coarsened': {
    severity: 'warning',
    text: (_where, subject) =>
      `The file has more than ${subject} rows. Neighbours were merged into longer buckets by their mean; cut the file to keep its grain.`,
  },
  'trace-log-counted': {
    severity: 'warning',
    text: (_where, subject) =>
      `The log has more than ${subject} requests, so they were counted per bucket instead of being kept one by one. Cut the file to replay single requests.`,
  },
  'trace-coarse-times': {
    severity: 'warning',
    text: (_where, subject) =>
      `The times are written to the ${subject}, so requests of one ${subject} were spread over it evenly (each time in the same way). What is shorter cannot be known.`,
  },
  'trace-left-out': {
    severity: 'warning',
    text: (_where, subject) => subject,
  },
  'trace-too-many-rows': {
    severity: 'error',
    text: (_where, subject) =>
      `The file has more than ${subject} rows that are not in order of time, which cannot be sorted in bounded memory. Sort the file by time, or cut it.`,
  },
  'trace-duplicate-time': {
    severity: 'error',
    text: (where) =>
      `${where}: the time is the same as the one before. Keep one row for each time; if several series are stacked in one file, keep one of them or add them up.`,
  },
  'trace-negative': {
    severity: 'error',
    text: (where, subject) =>
      `${where}: \`${subject}\` is negative, which demand cannot be. Mend the value, or leave the cell empty to make it a gap.`,
  },
  'trace-infinite': {
    severity: 'error',
    text: (where, subject) =>
      `${where}: \`${subject}\` is not a finite number. Mend the value, or leave the cell empty to make it a gap.`,
  },
  'trace-bad-cell': {
    severity: 'error',
    text: (where, subject) =>
      `${where}: \`${subject}\` is not a number. Mend the value, or leave the cell empty to make it a gap.`,
  },
  'trace-number-marks': {
    severity: 'error',
    text: (where, subject) =>
      `${where === '' ? '' : `${where}: `}\`${subject}\` can be read in two ways, or is written otherwise than the rest of its column: it is not certain which mark begins the decimals and which parts thousands. Write all numbers of the column alike, best with a decimal point and nothing between thousands.`,
  },
  'trace-marks-assumed': {
    severity: 'warning',
    text: (_where, subject) =>
      `Every number with a point in ${subject} has three digits behind it, which are read as decimals. If the points part thousands, write the numbers without them.`,
  },
  'trace-missing-value': {
    severity: 'warning',
    text: (where) => `${where}: no value (empty, NaN or null). It is kept as a gap; \`fill\` says what a gap becomes.`,
  },
  'trace-short-row': {
    severity: 'error',
    text: (where, subject) => `${where}: ${subject}. Every row must have a cell for each column that is used.`,
  },
  'trace-unclosed-quote': {
    severity: 'error',
    text: (where) => `${where}: a quoted cell is never closed. Add the missing quotation mark.`,
  },
  'trace-long-row': {
    severity: 'error',
    text: (where) => `${where}: the row is longer than 4 MB. Check the file for missing line ends.`,
  },
  'trace-irregular': {
    severity: 'warning',
    text: (_where, subject) => `The rows are not evenly spaced (${subject}); each value is held until the next row.`,
  },
  'trace-single-row': {
    severity: 'error',
    text: () => 'There is only one row, so its length is unknown. Set `bucket`, or export a longer stretch of time.',
  },
  'trace-gaps': {
    severity: 'warning',
    text: (_where, subject) => `${subject}. \`fill\` says what a gap becomes.`,
  },
} satisfies Record<string, { severity: Issue['severity']; text: (where: string, subject: string) => string }>;

export type FindingCode = keyof typeof catalogue;

const shownLines = 4;

/** Rows with one of these may be skipped when the mapping says so. */
const skippable: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'trace-bad-time',
  'trace-bad-cell',
  'trace-number-marks',
  'trace-short-row',
  'trace-infinite',
  'trace-negative',
]);

interface Finding {
  count: number;
  readonly lines: number[];
  readonly subject: string;
  readonly column: number | undefined;
  /** fixed wording of the place, where rows are not lines */
  readonly place?: string;
}

/** Gathers what is wrong with one trace: one issue a kind, with the first few lines and the count of the rest. */
export class Findings {
  private readonly byCode = new Map<FindingCode, Finding>();

  /**
   * @param file name shown to the person
   * @param mapping with `fill` set, gaps are no news; `badRows` decides whether a row that cannot be read is an error
   * @param rowWord what a row is called in messages: `line` for text files, `sample` for JSON
   */
  constructor(
    readonly file: string,
    private readonly mapping: Pick<TraceMapping, 'fill' | 'badRows'> = {},
    public rowWord: 'line' | 'sample' = 'line',
  ) {}

  /** An empty one for a part of the same file, whose findings may be taken over later. */
  another(): Findings {
    return new Findings(this.file, this.mapping, this.rowWord);
  }

  /** Takes over what another one found. */
  absorb(other: Findings): void {
    for (const [code, finding] of other.byCode) {
      const known = this.byCode.get(code);
      if (known === undefined) {
        this.byCode.set(code, { ...finding, lines: [...finding.lines] });
        continue;
      }
      known.count += finding.count;
      const lines = [...known.lines, ...finding.lines].sort((a, b) => a - b);
      known.lines.splice(0, known.lines.length, ...lines.slice(0, shownLines));
    }
  }

  /** Makes one kind of trouble another: rows out of order that were sorted, say. @param subject of the new one */
  rename(from: FindingCode, to: FindingCode, subject = ''): void {
    const finding = this.byCode.get(from);
    if (finding === undefined) return;
    this.byCode.delete(from);
    this.byCode.set(to, { ...finding, subject });
  }

  count(...codes: readonly FindingCode[]): number {
    return codes.reduce((sum, code) => sum + (this.byCode.get(code)?.count ?? 0), 0);
  }

  /** The first lines of some kinds of trouble, in order. */
  lines(...codes: readonly FindingCode[]): number[] {
    return codes.flatMap((code) => this.byCode.get(code)?.lines ?? []).sort((a, b) => a - b);
  }

  /** @param line 1-based; 0 when it concerns the whole file */
  add(code: FindingCode, line = 0, subject = '', column?: number): void {
    if (this.mapping.fill !== undefined && (code === 'trace-gaps' || code === 'trace-missing-value')) return;
    const known = this.byCode.get(code);
    if (known === undefined) {
      this.byCode.set(code, { count: 1, lines: line > 0 ? [line] : [], subject: shorten(subject), column });
    } else {
      known.count++;
      if (known.lines.length < shownLines && line > 0) known.lines.push(line);
    }
  }

  /** One that has a line and a column of its own whatever a row is. @param line 1-based @param column 1-based */
  addAt(code: FindingCode, line: number, column: number, subject: string): void {
    this.byCode.set(code, {
      count: 1,
      lines: [line],
      subject: shorten(subject),
      column,
      place: `line ${line}, column ${column}`,
    });
  }

  get hasError(): boolean {
    for (const code of this.byCode.keys()) if (this.severityOf(code) === 'error') return true;
    return false;
  }

  private severityOf(code: FindingCode): Issue['severity'] {
    const { badRows } = this.mapping;
    if (badRows === 'skip' && skippable.has(code)) return 'warning';
    return badRows === 'refuse' && code === 'trace-malformed-row' ? 'error' : catalogue[code].severity;
  }

  issues(): Issue[] {
    // Times in several zones are out of order as a rule: one message is enough.
    if (this.byCode.has('trace-mixed-zones')) {
      this.byCode.delete('trace-unsorted');
      this.byCode.delete('trace-duplicate-time');
    }
    return [...this.byCode].map(([code, finding]) => {
      const where = this.where(finding);
      const text = catalogue[code].text(where, finding.subject);
      return {
        code,
        severity: this.severityOf(code),
        message: text.charAt(0).toUpperCase() + text.slice(1),
        path: [],
        file: this.file,
        ...((this.rowWord === 'line' || finding.place !== undefined) &&
          finding.lines[0] !== undefined && { line: finding.lines[0] }),
        ...(finding.column !== undefined && { column: finding.column }),
      };
    });
  }

  private where({ lines, count, column, place }: Finding): string {
    if (place !== undefined) return place;
    const list = lines.join(', ');
    const rest = count - lines.length;
    if (lines.length === 0) return '';
    if (count === 1) return `${this.rowWord} ${list}${column === undefined ? '' : `, column ${column}`}`;
    return `${this.rowWord}s ${list}${rest > 0 ? ` and ${rest} more` : ''}`;
  }
}

function shorten(text: string): string {
  return text.length > 400 ? `${text.slice(0, 399)}…` : text;
}
