import { describe, expect, test } from 'vitest';
import { PolicyFailure } from '../../../../sim-core/autoscaling/custom/contract.ts';
import { customConfig } from '../../../../sim-core/autoscaling/custom/config.ts';
import { loadSandbox } from '../../../../sim-core/autoscaling/custom/load-sandbox.ts';

const question = JSON.stringify({
  observation: { time: 60, desiredReplicas: 3, pods: [{ id: 1, cpuMilli: null }], service: { cpuUtilisation: null } },
  state: null,
  parameters: {},
});

/** What became of a policy that was compiled and asked once: its answer, or the failure. */
async function fate(source: string): Promise<string> {
  const { limits } = customConfig.parse({ source, max: 10 });
  const sandbox = await loadSandbox();
  try {
    return sandbox.compile({ source, language: 'javascript', limits })(question);
  } catch (error) {
    if (error instanceof PolicyFailure) return error.message;
    throw error;
  }
}

const body = (code: string) => `export default (observation, state) => {\n${code}\n return { replicas: 4 };\n};`;

/** Each with what is said about it. Those that may not even try are stopped as well. */
const attacks: Readonly<Record<string, readonly [code: string, said: RegExp]>> = {
  // Without end.
  'an endless loop': ['for (;;);', /did not answer within 100000 steps/],
  'an endless loop that catches what stops it': [
    'for (;;) try { for (;;); } catch {} finally { continue }',
    /100000 steps/,
  ],
  'endless recursion': ['const f = () => f() + 1; f();', /deeper than 131072 bytes of stack/],
  'an endless generator': ['for (const x of (function* () { for (;;) yield 1; })());', /100000 steps/],
  'an endless getter chain': ['const o = { get x() { return this.x; } }; o.x;', /stack/],
  'a loop inside a built-in': [
    'Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);',
    /methods of arrays are for arrays/,
  ],
  'a sparse array without end': ['new Array(4294967295).indexOf(1);', /100000 steps/],
  'a set of a sparse array': ['new Set(new Array(4294967295));', /100000 steps/],
  'a quadratic search': ['"a".repeat(5e5).indexOf("a".repeat(1e5) + "b");', /100000 steps/],
  'sorting over and over': ['const a = Array.from({ length: 1e4 }, (_, i) => -i); for (;;) a.sort();', /100000 steps/],
  'huge integers': ['const x = 2n ** 100000n; x * x;', /no big integers.*line 2/],
  'a regular expression that backtracks': [
    '/(a+)+$/.test("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab");',
    /RegExp|regular expressions/,
  ],
  // Too much.
  'a huge text': ['"x".repeat(1e9);', /steps|1048576 bytes of memory/],
  'a huge text by doubling': ['let s = "x"; for (;;) s += s;', /1048576 bytes of memory/],
  'a huge array': ['new Array(1e9).fill(0);', /steps|memory/],
  'an array that grows': ['const a = []; for (let i = 0; ; i++) a[i] = [i, [i]];', /1048576 bytes of memory/],
  'a huge state': [
    'let s = {}; for (let i = 0; i < 2e4; i++) s = [s]; return { replicas: 1, state: s };',
    /stack|broke|memory/,
  ],
  'a huge map': ['const m = new Map(); for (let i = 0; ; i++) m.set(i, { i, j: [i] });', /1048576 bytes of memory/],
  // Tampering.
  'a prototype changed': ['Object.prototype.polluted = 1;', /TypeError.*line 2, column/],
  'a prototype changed by its back door': ['({}).__proto__.polluted = 1;', /TypeError/],
  'a prototype changed by way of a constructor': ['({}).constructor.prototype.polluted = 1;', /TypeError/],
  'a built-in replaced': ['Array.prototype.map = () => [];', /TypeError/],
  'a built-in redefined': ['Object.defineProperty(Math, "max", { value: () => 99 });', /TypeError/],
  'a prototype replaced': ['Object.setPrototypeOf(Array.prototype, null);', /TypeError/],
  'JSON replaced': ['JSON.stringify = () => "{}";', /TypeError/],
  // Out.
  fetch: ['fetch("https://example.org/");', /no network.*line 2, column/],
  'fetch by way of globalThis': ['globalThis.fetch("https://example.org/");', /no network/],
  XMLHttpRequest: ['new XMLHttpRequest();', /no network/],
  WebSocket: ['new WebSocket("wss://example.org/");', /no network/],
  require: ['require("fs");', /cannot import/],
  'import()': ['import("node:fs");', /never go on/],
  'a promise': ['Promise.resolve().then(() => 1);', /never go on/],
  process: ['process.exit(1);', /no host/],
  'process by way of a constructor': ['({}).constructor.constructor("return process")();', /code from text/],
  eval: ['eval("1");', /code from text/],
  'indirect eval': ['(0, eval)("1");', /code from text/],
  Function: ['new Function("return 1")();', /code from text/],
  'the constructor of functions': ['(() => {}).constructor("return this")();', /code from text/],
  'the constructor of generators': ['(function* () {}).constructor("return this")();', /code from text/],
  'the constructor of async functions': ['(async () => {}).constructor("return this")();', /code from text/],
  'a global variable': ['globalThis.count = 1;', /TypeError/],
  'an undeclared variable': ['count = 1;', /ReferenceError|TypeError/],
  'the caller': ['(function () { return arguments.callee.caller; })();', /TypeError/],
  WebAssembly: ['new WebAssembly.Memory({ initial: 1 });', /no host/],
  // Clock and chance.
  Date: ['new Date();', /no clock: use observation.time/],
  'Date.now': ['Date.now();', /no clock/],
  performance: ['performance.now();', /no clock/],
  setTimeout: ['setTimeout(() => {}, 1);', /no clock/],
  'Math.random': ['Math.random();', /no chance/],
  // Nonsense.
  'a throw': ['throw new RangeError("no idea");', /RangeError: no idea.*line 2, column/],
  'a throw of no error': ['throw 5;', /It threw 5/],
  'an error whose message is a trap': ['throw { get message() { for (;;); } };', /steps|threw|undefined|object/],
  'no answer': ['return;', /must return \{replicas/],
  'a promise of an answer': ['return (async () => ({ replicas: 1 }))();', /answer at once/],
  'a broken count': ['return { replicas: 2.5 };', /whole number from 0 on, not 2.5: round it/],
  'a negative count': ['return { replicas: -1 };', /whole number/],
  'an infinite count': ['return { replicas: Infinity };', /whole number/],
  'a count as text': ['return { replicas: "4" };', /`replicas` is no number/],
  'a reason that is no text': ['return { replicas: 4, reason: 5 };', /`reason` must be text/],
  'a state that is no data': ['return { replicas: 4, state: () => 1 };', /kept as JSON/],
  'a circular state': ['const s = {}; s.s = s; return { replicas: 4, state: s };', /circular/],
};

describe('a hostile policy is stopped', () => {
  test.each(Object.entries(attacks))('%s', async (_, [code, said]) => {
    expect(await fate(body(code))).toMatch(said);
  });
});
