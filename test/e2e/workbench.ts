import { test as base } from '@playwright/test';
import { serve } from '../../tools/serve.mjs';

export { expect } from '@playwright/test';

interface WorkerFixtures {
  /** Address of the built workbench, served as `npm start` serves it. */
  readonly address: string;
}
interface TestFixtures {
  /** Everything the page, its workers and its policies complained of; a test that ends with any has failed. */
  readonly complaints: string[];
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  address: [
    async ({}, use) => {
      const { url, close } = await serve({ port: 0 });
      await use(url);
      await close();
    },
    { scope: 'worker' },
  ],
  baseURL: ({ address }, use) => use(address),
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('requestfailed', (request) => complaints.push(`${request.url()} ${request.failure()?.errorText ?? ''}`));
      await use(complaints);
      base.expect(complaints, 'errors and warnings of the page').toEqual([]);
    },
    { auto: true },
  ],
});
