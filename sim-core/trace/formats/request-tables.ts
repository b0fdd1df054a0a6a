import { DelimitedReader, type Cells } from '../delimited-reader.ts';
import type { StreamFormat } from '../format.ts';
import { TimeReader } from '../time-reader.ts';

/** A published table of requests whose columns are known. */
interface RequestTable {
  readonly name: string;
  readonly title: string;
  /** lower case; all must be there */
  readonly columns: readonly string[];
  /** lower case, of the time */
  readonly time: string;
  /** what plain numbers in the time column count; default: by their size */
  readonly timeUnit?: 's' | 'ms';
  readonly duration?: { readonly column: string; readonly unit: 's' | 'ms' };
  readonly loggedAt: 'start' | 'end';
  /** said when nothing is asked for */
  readonly remark?: string;
}

function tableFormat(table: RequestTable): StreamFormat {
  const { duration } = table;
  return {
    name: table.name,
    title: table.title,
    access: 'text',
    recognise: (head) =>
      head.hasColumns(...table.columns) ? { confidence: 0.9, reason: `header of ${table.title}` } : undefined,
    createReader: ({ head, recording, findings, mapping }) =>
      new DelimitedReader(head, findings, (columns) => {
        const time = columns.require(table.time);
        const took = duration === undefined ? -1 : columns.require(duration.column);
        const asked = Object.entries(mapping.series ?? {}).map(
          ([name, value]) => [columns.require(name), value] as const,
        );
        if (findings.hasError) return undefined;
        recording.loop = 'open';
        recording.proposal = { kind: 'timestamps', ...(duration !== undefined && { loggedAt: table.loggedAt }) };
        columns.names.forEach((name, i) => {
          const role = i === time ? 'time' : i === took ? 'duration' : 'unused';
          const choice = i === time ? 'unit' : 'rows';
          const unit = i === took ? (duration?.unit ?? '') : '';
          recording.column({ name, role, unit, choice, sample: columns.sampleOf(i) });
        });
        const timeUnit = mapping.timeUnit ?? table.timeUnit;
        const times = new TimeReader(
          findings,
          { ...mapping, ...(timeUnit !== undefined && { timeUnit }) },
          undefined,
          (line, text) => recording.malformed(line, text),
        );
        const log = recording.requests({ loggedAt: table.loggedAt, unordered: true });
        const scale = duration?.unit === 'ms' ? 1e-3 : 1;
        let others = 0;
        return {
          cells: Math.max(time, took, ...asked.map(([index]) => index)) + 1,
          row: (cells: Cells) => {
            recording.rows++;
            if (asked.some(([index, value]) => cells.text(index) !== value)) {
              others++;
              return;
            }
            if (!cells.time(time, times)) return;
            const value = took < 0 ? NaN : Math.abs(cells.number(took)) * scale;
            log.add(cells.line, times.seconds, times.fraction, value < Infinity ? value : NaN);
          },
          end: () => {
            recording.time = times.facts;
            if (asked.length === 0 && table.remark !== undefined) findings.add('trace-left-out', 0, table.remark);
            if (others > 0)
              findings.add('trace-left-out', 0, `${others} rows are not of the series asked for and were left out.`);
          },
        };
      }),
  };
}

/**
 * Azure Functions 2021: an invocation a row, with the time it ended and how long it took, in seconds.
 *
 * @see https://github.com/Azure/AzurePublicDataset/blob/master/AzureFunctionsInvocationTrace2021.md
 */
export const azureFunctions2021 = tableFormat({
  name: 'azure-functions-2021',
  title: 'the Azure Functions trace of 2021',
  columns: ['app', 'func', 'end_timestamp', 'duration'],
  time: 'end_timestamp',
  timeUnit: 's',
  duration: { column: 'duration', unit: 's' },
  loggedAt: 'end',
});

/**
 * Azure LLM inference 2023 and 2024: a request a row, with its tokens.
 *
 * @see https://github.com/Azure/AzurePublicDataset/blob/master/AzureLLMInferenceDataset2023.md
 */
export const azureLlm = tableFormat({
  name: 'azure-llm',
  title: 'the Azure LLM inference trace',
  columns: ['timestamp', 'contexttokens', 'generatedtokens'],
  time: 'timestamp',
  loggedAt: 'start',
});

/**
 * BurstGPT: a request a row, seconds from the start, with the model asked and its tokens.
 *
 * @see https://github.com/HPMLL/BurstGPT
 */
export const burstGpt = tableFormat({
  name: 'burstgpt',
  title: 'the BurstGPT trace',
  columns: ['timestamp', 'model', 'request tokens', 'response tokens'],
  time: 'timestamp',
  timeUnit: 's',
  loggedAt: 'start',
});

/**
 * Alibaba's microservice call graphs of 2021 and 2022: a call a row, ms from the start and ms of response time (negative
 * where the called side recorded it). A remote call stands there twice, once from either side.
 *
 * @see https://github.com/alibaba/clusterdata/tree/master/cluster-trace-microservices-v2022
 */
const alibaba = {
  title: "Alibaba's microservice call graphs",
  time: 'timestamp',
  timeUnit: 'ms',
  duration: { column: 'rt', unit: 'ms' },
  loggedAt: 'start',
  remark:
    'All calls of all services were read as one demand, and a remote call stands in the file once from either side. Name one service and way with `series`, such as `series: {dm: MS_71712, rpctype: http}`.',
} as const;
export const alibabaCalls2021 = tableFormat({
  ...alibaba,
  name: 'alibaba-calls-2021',
  columns: ['timestamp', 'traceid', 'rpcid', 'um', 'dm', 'rt'],
});
export const alibabaCalls2022 = tableFormat({
  ...alibaba,
  name: 'alibaba-calls-2022',
  columns: ['timestamp', 'traceid', 'rpc_id', 'um', 'dm', 'rt'],
});
