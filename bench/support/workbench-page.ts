import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import type * as Chromium from '../../tools/chromium.mjs';
import type * as Serve from '../../tools/serve.mjs';

/** Tools find their way from where they lie, so they must not become part of a build. */
const tool = async <Module>(name: string): Promise<Module> =>
  (await import(/* @vite-ignore */ pathToFileURL(resolve('tools', name)).href)) as Module;

/**
 * The built workbench in the Chromium of this machine, for the time of a measurement.
 *
 * @returns false where there is no Chromium
 */
export async function withWorkbench(measure: (page: Page) => Promise<void>): Promise<boolean> {
  const { findChromium } = await tool<typeof Chromium>('chromium.mjs');
  const { serve } = await tool<typeof Serve>('serve.mjs');
  const executablePath = findChromium();
  if (executablePath === null) return false;
  execFileSync(process.execPath, ['tools/build.mjs', '--stale', 'renderer'], { stdio: 'inherit' });
  const { url, close } = await serve({ folder: 'dist/renderer', port: 0 });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.addInitScript(recordCancels);
    await page.goto(url);
    await page.getByRole('main').waitFor();
    await measure(page);
  } finally {
    await browser.close();
    await close();
  }
  return true;
}

/** When workers were told to stop, and when each said that it had: their messages are read on the way. */
export interface Cancels {
  readonly asked: number[];
  readonly answered: number[];
}

function recordCancels(): void {
  const cancels: Cancels = { asked: [], answered: [] };
  Object.assign(globalThis, { cancels });
  globalThis.Worker = class extends Worker {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      this.addEventListener('message', ({ data }: MessageEvent<{ value?: { status?: string } } | null>) => {
        if (data?.value?.status === 'cancelled') cancels.answered.push(performance.now());
      });
    }

    override postMessage(message: { path?: string[] }, options?: Transferable[] | StructuredSerializeOptions): void {
      if (message.path?.[0] === 'cancel') cancels.asked.push(performance.now());
      super.postMessage(message, options as StructuredSerializeOptions);
    }
  };
}

/** Puts a scenario in place of the open one, as a person would by dropping its file. */
export async function dropScenario(page: Page, name: string, content: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([fileName, text]) => {
      const data = new DataTransfer();
      data.items.add(new File([text], fileName));
      return data;
    },
    [name, content] as const,
  );
  await page.dispatchEvent('main', 'dragenter', { dataTransfer: transfer });
  await page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
  await transfer.dispose();
  await page.getByRole('banner').getByText(name).first().waitFor();
}
