import variant from '@jitl/quickjs-singlefile-mjs-release-sync';
import { newQuickJSWASMModuleFromVariant } from 'quickjs-emscripten-core';
import type { QuickJSContext, QuickJSHandle, QuickJSRuntime } from 'quickjs-emscripten-core';
import { PolicyFailure } from './contract.ts';
import type { PolicyFunction, Sandbox, SandboxLimits } from './contract.ts';
import { prelude, preludeFile } from './prelude.ts';
import { translate } from './translate.ts';
import type { Translation } from './translate.ts';

/** Steps between two interrupts, as QuickJS is built. */
const stepsPerInterrupt = 10_000;
/** Elements or characters a built-in may work through for each step allowed. */
const workPerStep = 10;

const policyFile = 'policy';
const head = '(function (exports, require) {';

/**
 * A sandbox of QuickJS compiled to WebAssembly: an interpreter in a memory of its own, with its own elementary functions,
 * so that a policy computes the same bits in every host. Nothing of the host is ever handed in; text goes in and comes out.
 *
 * Each sandbox is an instance of its own, some milliseconds to make. What breaks one (a stack that overflows inside the
 * interpreter, say) ends with it.
 */
export async function createQuickJsSandbox(): Promise<Sandbox> {
  const engine = await newQuickJSWASMModuleFromVariant(variant);
  return {
    compile(policy) {
      const { limits } = policy;
      const translation = translate(policy);
      const runtime = engine.newRuntime();
      runtime.setMemoryLimit(limits.memory);
      runtime.setMaxStackSize(limits.stack);
      const context = runtime.newContext({
        intrinsics: { BaseObjects: true, Eval: true, JSON: true, MapSet: true, Promise: true },
      });
      return new Interpreter(runtime, context, limits, translation).load();
    },
  };
}

class Interpreter {
  private readonly runtime: QuickJSRuntime;
  private readonly context: QuickJSContext;
  private readonly limits: SandboxLimits;
  private readonly translation: Translation;
  private interrupts = 0;

  constructor(runtime: QuickJSRuntime, context: QuickJSContext, limits: SandboxLimits, translation: Translation) {
    this.runtime = runtime;
    this.context = context;
    this.limits = limits;
    this.translation = translation;
    const most = Math.ceil(limits.steps / stepsPerInterrupt);
    runtime.setInterruptHandler(() => ++this.interrupts > most);
  }

  load(): PolicyFunction {
    const evaluate = this.run(prelude(this.limits.steps * workPerStep), preludeFile);
    const module = this.run(`${head}${this.translation.code}\n})`, policyFile);
    this.call(evaluate, module);
    return (question) => this.call(evaluate, module, question);
  }

  private run(code: string, file: string): QuickJSHandle {
    const { context } = this;
    return this.guarded(() => {
      const outcome = context.evalCode(code, file);
      if (outcome.error === undefined) return outcome.value;
      throw this.failureOf(outcome.error);
    });
  }

  private call(evaluate: QuickJSHandle, module: QuickJSHandle, question?: string): string {
    const { context, runtime } = this;
    return this.guarded(() => {
      const given = question === undefined ? context.undefined : context.newString(question);
      const outcome = context.callFunction(evaluate, context.undefined, module, given);
      given.dispose();
      if (outcome.error !== undefined) throw this.failureOf(outcome.error);
      const answer = context.getString(outcome.value);
      outcome.value.dispose();
      if (runtime.hasPendingJob()) {
        throw new PolicyFailure('A policy must answer at once, from one file: promises and import() never go on here');
      }
      return answer;
    });
  }

  /** What is thrown by the engine itself, rather than by the policy in it, is the policy's doing all the same. */
  private guarded<Result>(action: () => Result): Result {
    this.interrupts = 0;
    try {
      return action();
    } catch (error) {
      if (error instanceof PolicyFailure) throw error;
      throw new PolicyFailure('It broke its sandbox: data nested too deeply, or memory exhausted');
    }
  }

  private failureOf(handle: QuickJSHandle): PolicyFailure {
    const told: unknown = this.context.dump(handle);
    handle.dispose();
    // There was not even memory left for an error.
    if (told === null) return new PolicyFailure(limitInWords('memory', this.limits));
    if (typeof told !== 'object') return new PolicyFailure(`It threw ${String(told)}`);
    const { name, message, stack } = told as Record<string, unknown>;
    const position = this.positionIn(String(stack));
    if (name !== 'InternalError') return new PolicyFailure(`${String(name)}: ${String(message)}`, position);
    return new PolicyFailure(limitInWords(String(message), this.limits), position);
  }

  /** The innermost place of the policy's own code on the stack. */
  private positionIn(stack: string) {
    const found = new RegExp(`\\b${policyFile}:(\\d+):(\\d+)`).exec(stack);
    if (found === null) return null;
    const line = Number(found[1]);
    return this.translation.original({ line, column: Number(found[2]) - (line === 1 ? head.length : 0) });
  }
}

function limitInWords(message: string, { steps, memory, stack }: SandboxLimits): string {
  if (message.includes('interrupted')) {
    return `It did not answer within ${steps} steps: is there a loop that never ends? The limit is \`limits.steps\``;
  }
  if (message.includes('memory') || message.includes('too long')) {
    return `It used more than ${memory} bytes of memory. The limit is \`limits.memory\``;
  }
  if (message.includes('stack')) {
    return `Its calls went deeper than ${stack} bytes of stack: does a function call itself for ever? The limit is \`limits.stack\``;
  }
  return message;
}
