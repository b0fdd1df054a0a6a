/**
 * What runs in a sandbox before any policy does: it takes away what a policy must not have, each with a sentence that says
 * what to use instead; makes built-ins that work through a whole array or text count as the work they are; freezes
 * everything that can be reached; and gives the function that evaluates a policy.
 *
 * Interrupts count calls and rounds of loops only. A search for one long text in another is neither, and could take
 * minutes; hence `charge`. When the account is empty it loops until the interrupt comes, which no policy can catch.
 *
 * JavaScript for the sandbox, as text: it cannot refer to anything outside. `Allowance` is put in when it is loaded.
 */
export const preludeFile = 'prelude';

export const prelude = (allowance: number): string => `'use strict';
(() => {
const { apply, ownKeys, getOwnPropertyDescriptor, defineProperty, getPrototypeOf } = Reflect;
const { freeze, isFrozen } = Object;
const { isArray } = Array;
const { parse, stringify } = JSON;
const { min, max, floor } = Math;
const isA = (type, value) => typeof value === type;

let spent = 0;
const charge = (work) => {
  spent += work;
  if (!(spent <= ${allowance})) for (;;);
};

const forbid = (holder, names, reason) => {
  const refuse = () => { throw new TypeError(reason); };
  for (let index = 0; index < names.length; index++) {
    defineProperty(holder, names[index], { get: refuse, set: refuse, configurable: false, enumerable: false });
  }
};
forbid(globalThis, ['Date', 'performance', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'],
  'A policy has no clock: use observation.time, in seconds since the start');
forbid(globalThis, ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource'],
  'A policy has no network: everything it may know is in the observation');
forbid(globalThis, ['require', 'importScripts', 'module'], 'A policy cannot import: it is one file');
forbid(globalThis, ['process', 'window', 'self', 'document', 'Deno', 'Bun', 'WebAssembly'], 'A policy has no host: everything it may know is in the observation');
forbid(globalThis, ['console'], 'A policy has no console: put what you want to see into the reason it returns');
forbid(globalThis, ['eval', 'Function'], 'A policy cannot make code from text');
forbid(globalThis, ['BigInt', 'RegExp', 'Proxy'], 'A policy has no big integers, regular expressions or proxies');
forbid(Math, ['random'], 'A policy has no chance: take what should differ from the observation or the state');
const functions = [() => {}, function* () {}, async () => {}, async function* () {}];
for (let index = 0; index < functions.length; index++) {
  forbid(getPrototypeOf(functions[index]), ['constructor'], 'A policy cannot make code from text');
}
for (const name of ['escape', 'unescape', 'encodeURI', 'encodeURIComponent', 'decodeURI', 'decodeURIComponent']) {
  delete globalThis[name];
}

const wrap = (holder, measure) => {
  const keys = ownKeys(holder);
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index];
    const { value } = getOwnPropertyDescriptor(holder, key);
    if (!isA('function', value) || key === 'constructor') continue;
    const wrapped = { method(...given) { measure(this, key, given); return apply(value, this, given); } }.method;
    defineProperty(wrapped, 'name', { value: value.name });
    defineProperty(holder, key, { value: wrapped, writable: true, enumerable: false, configurable: true });
  }
};
const lengthOf = (value) => isA('number', value) ? max(0, min(floor(value), 1e9)) || 0 : 1;
wrap(Array.prototype, (self, key, given) => {
  if (!isArray(self)) throw new TypeError('The methods of arrays are for arrays');
  if (key === 'push' || key === 'pop' || key === 'at') return;
  charge(self.length * (key === 'sort' || key === 'toSorted' ? 32 : 1) + (key === 'concat' ? given.length : 0));
});
wrap(String.prototype, (self, key, given) => {
  if (!isA('string', self)) throw new TypeError('The methods of text are for text');
  let sought = 1;
  for (let index = 0; index < given.length; index++) {
    const value = given[index];
    if (isA('string', value)) sought += value.length;
    else if (key === 'repeat') sought += lengthOf(value);
    else if (key === 'padStart' || key === 'padEnd') charge(lengthOf(value));
    else if (isA('object', value) && value !== null) throw new TypeError('Give the methods of text numbers or text');
  }
  charge((self.length + 1) * sought);
});
wrap(JSON, (self, key, given) => { if (isA('string', given[0])) charge(given[0].length); });

const sealed = new Set();
const seal = (value) => {
  if (value === null || (!isA('object', value) && !isA('function', value)) || sealed.has(value)) return;
  sealed.add(value);
  freeze(value);
  seal(getPrototypeOf(value));
  const keys = ownKeys(value);
  for (let index = 0; index < keys.length; index++) {
    const described = getOwnPropertyDescriptor(value, keys[index]);
    seal(described.value);
    seal(described.get);
    seal(described.set);
  }
};
for (let index = 0; index < functions.length; index++) {
  seal(functions[index]);
  seal(functions[index].prototype);
}
const iterators = [[][Symbol.iterator](), ''[Symbol.iterator](), new Map().entries(), new Set().values()];
for (let index = 0; index < iterators.length; index++) seal(getPrototypeOf(iterators[index]));
seal(globalThis);

const unknownAsNaN = (record) => {
  for (const key in record) if (record[key] === null) record[key] = NaN;
};
const refuseImport = () => { throw new TypeError('A policy cannot import: it is one file'); };
const noFunction = 'It exports no function: begin it with \`export default (observation, state, parameters) => …\`';
const noAnswer = 'It must return {replicas, reason?, state?}';

// The module runs at every evaluation, so that no variable of it outlives one.
return (module, question) => {
  spent = 0;
  const exported = {};
  apply(module, undefined, [exported, refuseImport]);
  const policy = exported.default;
  if (!isA('function', policy)) throw new TypeError(noFunction);
  if (question === undefined) return '';
  const { observation, state, parameters } = parse(question);
  unknownAsNaN(observation.service);
  for (let index = 0; index < observation.pods.length; index++) unknownAsNaN(observation.pods[index]);
  const answer = policy(observation, state, parameters);
  if (answer instanceof Promise) throw new TypeError('It must answer at once: no async, no promises');
  if (answer === null || !isA('object', answer)) throw new TypeError(noAnswer);
  const { replicas, reason, state: next } = answer;
  if (!isA('number', replicas)) throw new TypeError(noAnswer + ': \`replicas\` is no number');
  if (!(replicas !== replicas || (replicas >= 0 && floor(replicas) === replicas && replicas < 1e15))) {
    throw new TypeError('\`replicas\` must be a whole number from 0 on, not ' + replicas + ': round it, with Math.ceil say');
  }
  if (reason !== undefined && !isA('string', reason)) throw new TypeError('\`reason\` must be text');
  const text = stringify(next === undefined ? null : next);
  if (text === undefined) throw new TypeError('\`state\` must be plain data: it is kept as JSON');
  return stringify({ replicas, reason: reason === undefined ? null : reason, state: text });
};
})()`;
