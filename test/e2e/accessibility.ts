import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** WCAG 2.1, levels A and AA. */
const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

/** What axe objects to on the page as it stands: the rule, and where. */
export async function barriers(page: Page): Promise<readonly string[]> {
  // The editor's scroller is not reached by itself, but by the text in it, which takes the focus and every key.
  const { violations } = await new AxeBuilder({ page }).withTags(wcag).exclude('.cm-scroller').analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
