import type { Sandbox } from './contract.ts';

/** A new sandbox, for one policy of one run. The interpreter is fetched with the first; who has no such policy never does. */
export async function loadSandbox(): Promise<Sandbox> {
  const { createQuickJsSandbox } = await import('./quickjs.ts');
  return createQuickJsSandbox();
}
