import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const source = join('bench', 'reference');
const output = join('dist', 'reference');

/** What a C++ program printed: its processor time and what it found. */
export interface ReferenceRun {
  readonly seconds: number;
  readonly requests: number;
  readonly sojournTimeMean: number;
  readonly latencyP95: number;
  readonly replicasMean?: number;
}

/** The first C++ compiler this machine has; undefined for none. */
export function findCompiler(): { readonly command: string; readonly version: string } | undefined {
  for (const command of [process.env['CXX'], 'g++', 'clang++'].filter((name) => name !== undefined)) {
    const { status, stdout } = spawnSync(command, ['--version'], { encoding: 'utf8' });
    if (status === 0) return { command, version: stdout.split('\n')[0]! };
  }
  return undefined;
}

/** Compiles one program of bench/reference. @returns its file */
export function compileReference(compiler: string, name: string): string {
  mkdirSync(output, { recursive: true });
  const program = join(output, name);
  execFileSync(compiler, ['-std=c++17', '-O3', '-Wall', '-Wextra', '-o', program, join(source, `${name}.cpp`)], {
    stdio: 'inherit',
  });
  return program;
}

export function runReference(program: string, parameters: readonly (string | number)[]): ReferenceRun {
  return JSON.parse(execFileSync(program, parameters.map(String), { encoding: 'utf8' })) as ReferenceRun;
}
