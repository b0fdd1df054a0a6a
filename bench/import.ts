/**
 * How fast files are read, and in how much memory: `npm run bench -- import [megabytes] [kind …]`. Each kind is written
 * once into a temporary folder (seeded) and read by the command line's own path in a process of its own, whose peak
 * memory is the number. Kinds: csv-rates (a row a second, eight columns), csv-log (a row a request), csv-short (two short
 * columns), access-log (nginx, Combined Log Format with a duration), load-balancer-log (AWS), and each with -gz.
 */
import { spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { importTraceFile } from '../cli/import-trace.ts';
import { nodeHost } from '../cli/node-host.ts';
import type { ImportMapping } from '../sim-core/index.ts';
import { createStream } from '../sim-core/random/stream.ts';

const start = 1_767_225_600;

/** One row of a kind, and how it is to be read. */
const kinds: Readonly<
  Record<string, { header: string; row(i: number, u: () => number): string; mapping: ImportMapping }>
> = {
  'csv-rates': {
    header: 'timestamp,rps,replicas,ready,cpu_percent,latency_p95_ms,errors,queue\n',
    row: (i, u) =>
      `${start + i},${(100 + 50 * u()).toFixed(3)},${4 + Math.floor(3 * u())},4,${(60 * u()).toFixed(2)},${(180 * u()).toFixed(1)},0,${Math.floor(9 * u())}\n`,
    mapping: { column: 'rps' },
  },
  'csv-log': {
    header: 'timestamp,method,path,status,duration_ms,bytes\n',
    row: (i, u) =>
      `${new Date((start + i / 2000) * 1000).toISOString()},GET,/products/${Math.floor(1000 * u())}/reviews,${u() < 0.01 ? 500 : 200},${(400 * u()).toFixed(2)},${Math.floor(20_000 * u())}\n`,
    mapping: { kind: 'timestamps', duration: 'duration_ms' },
  },
  'access-log': {
    header: '',
    row: (i, u) => {
      const at = new Date((start + Math.floor(i / 2000)) * 1000).toISOString();
      return `10.${Math.floor(256 * u())}.3.7 - - [${at.slice(8, 10)}/Jan/2026:${at.slice(11, 19)} +0000] "GET /products/${Math.floor(1000 * u())}/reviews?page=2 HTTP/1.1" ${u() < 0.01 ? 500 : 200} ${Math.floor(20_000 * u())} "https://shop.example/" "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0" rt=${(0.4 * u()).toFixed(3)} urt="${(0.3 * u()).toFixed(3)}"\n`;
    },
    mapping: {},
  },
  'load-balancer-log': {
    header: '',
    row: (i, u) => {
      const took = 0.4 * u();
      const at = (time: number): string => `${new Date(time * 1000).toISOString().slice(0, 23)}000Z`;
      const began = start + i / 2000;
      return `https ${at(began + took)} app/shop/50dc6c495c0c9188 198.51.100.4:46532 10.0.1.7:80 0.001 ${took.toFixed(3)} 0.000 200 200 120 4310 "GET https://shop.example:443/products/${Math.floor(1000 * u())} HTTP/2.0" "Mozilla/5.0" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/73e2d6bc24d8a067 "Root=1-58337262-36d228ad5d99923122bbe354" "shop.example" "-" 0 ${at(began)} "forward" "-" "-" "10.0.1.7:80" "200" "-" "-" TID_1234\n`;
    },
    mapping: {},
  },
  'csv-short': { header: 'time,count\n', row: (i, u) => `${start + i},${Math.floor(300 * u())}\n`, mapping: {} },
};

async function write(kind: string, path: string, bytes: number): Promise<number> {
  const { header, row } = kinds[kind.replace(/-gz$/, '')]!;
  const stream = createStream(1, 0, 'bench');
  const u = (): number => stream.nextUniform();
  let written = 0;
  function* blocks(): Generator<string> {
    let block = header;
    for (let i = 0; written + block.length < bytes; i++) {
      block += row(i, u);
      if (block.length < 1 << 18) continue;
      written += block.length;
      yield block;
      block = '';
    }
    written += block.length;
    yield block;
  }
  const file = createWriteStream(path);
  if (kind.endsWith('-gz')) await pipeline(Readable.from(blocks()), createGzip({ level: 1 }), file);
  else await pipeline(Readable.from(blocks()), file);
  return written;
}

async function readOne(path: string, kind: string, bytes: number): Promise<void> {
  const { mapping } = kinds[kind.replace(/-gz$/, '')]!;
  const host = nodeHost();
  const before = process.hrtime.bigint();
  const cpuBefore = process.cpuUsage();
  const { series, report, issues } = await importTraceFile(host, '/', path, kind, mapping);
  const seconds = Number(process.hrtime.bigint() - before) / 1e9;
  if (series === undefined || report === undefined) throw new Error(JSON.stringify(issues));
  const cpu = process.cpuUsage(cpuBefore);
  const cpuSeconds = (cpu.user + cpu.system) / 1e6;
  const peak = process.resourceUsage().maxRSS / 1024;
  const stored = statSync(path).size;
  process.stdout.write(
    `${kind.padEnd(14)} ${(bytes / 1e6).toFixed(0).padStart(5)} MB (${(stored / 1e6).toFixed(0)} stored), ${(report.rows / 1e6).toFixed(2)} M rows: ${seconds.toFixed(2)} s, ${(bytes / 1e6 / seconds).toFixed(0)} MB/s (CPU ${cpuSeconds.toFixed(2)} s), peak ${peak.toFixed(0)} MB\n`,
  );
}

const [first, ...rest] = process.argv.slice(2);
if (first === '--read') await readOne(rest[0]!, rest[1]!, Number(rest[2]));
else {
  const megabytes = Number(first ?? 200);
  const wanted =
    rest.length > 0 ? rest : ['csv-log', 'csv-log-gz', 'csv-rates', 'csv-short', 'access-log', 'access-log-gz'];
  const folder = mkdtempSync(join(tmpdir(), 'headroom-import-'));
  try {
    for (const kind of wanted) {
      const path = join(folder, kind);
      const bytes = await write(kind, path, megabytes * 1e6);
      // Once through, so that the disk is not what is measured.
      for await (const chunk of createReadStream(path)) void chunk;
      spawnSync(process.execPath, [process.argv[1]!, '--read', path, kind, String(bytes)], { stdio: 'inherit' });
      rmSync(path);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
