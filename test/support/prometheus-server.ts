import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPrometheus } from '../../tools/prometheus.mjs';

export interface PrometheusServer {
  readonly address: string;
  stop(): Promise<void>;
}

/**
 * A real Prometheus on this machine, with a past that was written for it.
 *
 * @param openMetrics samples with timestamps, in the text format of OpenMetrics
 */
export async function startPrometheus(openMetrics: string, flags: readonly string[] = []): Promise<PrometheusServer> {
  const found = findPrometheus();
  if (found === null) throw new Error('These tests need a Prometheus server; npm test installs one where it can.');
  const folder = mkdtempSync(join(tmpdir(), 'headroom-prometheus-'));
  writeFileSync(join(folder, 'past.txt'), openMetrics);
  writeFileSync(join(folder, 'prometheus.yml'), 'global: {}\n');
  const blocks = ['tsdb', 'create-blocks-from', 'openmetrics', join(folder, 'past.txt'), join(folder, 'data')];
  const made = spawnSync(found.promtool, blocks, { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`promtool made no blocks: ${made.stderr}`);
  const address = `127.0.0.1:${await freePort()}`;
  const server = spawn(
    found.server,
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      '--storage.tsdb.retention.time=100y',
      `--web.listen-address=${address}`,
      ...flags,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  server.stderr.on('data', (data: Buffer) => (said += data.toString()));
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    server.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  for (let attempt = 0; attempt < 200; attempt++) {
    const ready = await fetch(`http://${address}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return { address: `http://${address}`, stop };
    if (server.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await stop();
  throw new Error(`Prometheus did not start: ${said.slice(-2000)}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
