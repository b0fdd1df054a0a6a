import { csv } from './csv.ts';
import type { TraceFormat } from './format.ts';
import { accessLog } from './formats/access-log.ts';
import { accessLogJson } from './formats/access-log-json.ts';
import { azureFunctions2019 } from './formats/azure-functions-2019.ts';
import { cloudWatch } from './formats/cloudwatch.ts';
import { datadog } from './formats/datadog.ts';
import { grafana } from './formats/grafana.ts';
import { hpaRecord } from './formats/hpa-record.ts';
import { otlp } from './formats/otlp.ts';
import { parquet } from './formats/parquet.ts';
import { runTotals } from './formats/run-totals.ts';
import { vasim } from './formats/vasim.ts';
import { victoriaMetrics } from './formats/victoria-metrics.ts';
import { loadBalancerLog } from './formats/load-balancer-log.ts';
import { hdrLog } from './formats/hdr-log.ts';
import { hdrPercentiles } from './formats/hdr-percentiles.ts';
import { k6Csv } from './formats/k6-csv.ts';
import { k6Json } from './formats/k6-json.ts';
import { locust } from './formats/locust.ts';
import { jmeterCsv } from './formats/jmeter-csv.ts';
import { jmeterXml } from './formats/jmeter-xml.ts';
import { mooncake } from './formats/mooncake.ts';
import {
  alibabaCalls2021,
  alibabaCalls2022,
  azureFunctions2021,
  azureLlm,
  burstGpt,
} from './formats/request-tables.ts';
import { jsonArray, ndjson } from './json-rows.ts';
import { prometheus } from './prometheus.ts';
import { values } from './values.ts';
import { wideSeries } from './wide-series.ts';

/** Every format; where two are equally sure of a file, the earlier line has it. CSV takes any text. */
export const traceFormats: readonly TraceFormat[] = [
  prometheus,
  victoriaMetrics,
  cloudWatch,
  datadog,
  otlp,
  hpaRecord,
  grafana,
  azureFunctions2019,
  vasim,
  parquet,
  accessLog,
  accessLogJson,
  loadBalancerLog,
  k6Csv,
  k6Json,
  locust,
  jmeterCsv,
  jmeterXml,
  azureFunctions2021,
  azureLlm,
  burstGpt,
  alibabaCalls2021,
  alibabaCalls2022,
  mooncake,
  runTotals,
  hdrLog,
  hdrPercentiles,
  ndjson,
  jsonArray,
  values,
  wideSeries,
  csv,
];
