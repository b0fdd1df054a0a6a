/**
 * A process that does what a worker does, and nothing else: makes one run by the fluid engine of a scenario that was read
 * elsewhere, or none, and prints its highest resident size, MB. `bench/fluid.ts` starts it.
 *
 * `node fluid-alone.js <file with a LoadedScenario, as V8 writes it> <policy, or none>`
 */
import { readFileSync } from 'node:fs';
import { deserialize } from 'node:v8';
import { createFluidRun, type LoadedScenario } from '../../sim-core/index.ts';

const [file = '', policy = 'none'] = process.argv.slice(2);
const loaded = deserialize(readFileSync(file)) as LoadedScenario;
// The system's own high-water mark is inherited from the process that starts another.
let most = process.memoryUsage().rss;
if (policy !== 'none') {
  const run = createFluidRun(loaded, { policy, replication: 0, decisionLog: false });
  while (!run.advance(1e5).done) most = Math.max(most, process.memoryUsage().rss);
  run.result();
  most = Math.max(most, process.memoryUsage().rss);
}
console.log(most / 1e6);
