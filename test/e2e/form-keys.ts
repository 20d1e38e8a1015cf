// The form of a rule as somebody without a mouse uses it.
import type { Locator, Page } from 'playwright-core';

/** Goes there by Tab alone. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let count = 0; count < 150; count += 1) {
    if (await target.evaluate((one) => one === one.ownerDocument.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no Tab leads to ${target}`);
}

/** In the dialog that offers steps; the first field of the form of the chosen one has the focus then. */
export async function choose(page: Page, search: string): Promise<void> {
  await page.locator('[role=dialog] [role=combobox]:focus').waitFor();
  await page.keyboard.insertText(search);
  await page.getByRole('dialog').getByRole('option', { selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.locator('.entry-body :focus').waitFor();
}

export async function pick(page: Page, button: string, search: string): Promise<void> {
  await tabTo(page, page.getByRole('button', { name: button, exact: true }));
  await page.keyboard.press('Enter');
  await choose(page, search);
}
