import type { Locator, Page } from 'playwright-core';

/** Opens a row of a list that may still move under the pointer: what was recorded last comes in above it. */
export async function openRow(page: Page, row: Locator): Promise<void> {
  for (let tries = 5; tries > 0; tries -= 1) {
    await row.click();
    const isOpen = await page
      .getByRole('complementary', { name: /detail$/ })
      .waitFor({ timeout: 2000 })
      .then(
        () => true,
        () => false,
      );
    if (isOpen) return;
  }
  throw new Error('the row does not open');
}
