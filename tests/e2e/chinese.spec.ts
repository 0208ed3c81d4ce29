import { expect, test } from './support/world.ts';

test.describe('in a Chinese browser', () => {
  test.use({ worldOptions: { browser: { language: 'zh-CN' } } });

  test('the popup and the settings speak Chinese', async ({ world }) => {
    await world.connect();
    await world.addKey();
    const popup = await world.popup();
    await expect(popup.locator('html')).toHaveAttribute('lang', 'zh-CN');
    await popup.getByRole('button', { name: /导入.*CLIProxyAPI/ }).click();
    const dialog = popup.getByRole('dialog');
    await expect(dialog.getByRole('button', { name: /^导入密钥和 4 个模型$/ })).toBeVisible();
    await dialog.getByRole('button', { name: /^导入密钥和 4 个模型$/ }).click();
    await expect(popup.locator('[data-key]')).toContainText('4');
    const page = await world.options('#/cliproxyapi');
    await expect(page.getByLabel('管理密钥', { exact: true })).toBeVisible();
  });
});

test('the language can be chosen, and is followed by pages that are open', async ({ world }) => {
  const page = await world.options('#/general');
  const other = await world.options('#/cliproxyapi');
  await page.getByRole('radio', { name: '简体中文' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(other.getByLabel('管理密钥', { exact: true })).toBeVisible();
});
