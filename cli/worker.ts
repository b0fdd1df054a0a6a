/// <reference path="./comlink-node-adapter.d.ts" />
import { expose, transfer } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { parentPort } from 'node:worker_threads';
import { transferablesOf } from '../sim-core/index.ts';
import type { LoadedScenario } from '../sim-core/index.ts';
import { runJob } from './run-job.ts';
import type { WorkerApi } from './worker-api.ts';

if (parentPort === null) throw new Error('worker.js is started by the headroom command, not by hand.');

let prepared: LoadedScenario | undefined;

const api: WorkerApi = {
  load(loaded) {
    prepared = loaded;
  },
  async execute(job, onProgress) {
    if (prepared === undefined) throw new Error('The worker was given a job before its scenario.');
    const result = await runJob(prepared, job, onProgress);
    return transfer(result, transferablesOf(result));
  },
};

expose(api, nodeEndpoint(parentPort));
