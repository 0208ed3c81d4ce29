// @vitest-environment happy-dom
import { screen, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { Settings } from '../../../src/core/view/settings';
import { IconRowSection } from '../../../src/ui/handoff/icon-row-section';
import { renderPage, type Scene } from '../render-page';
import { view as sampleView } from '../samples';

const settings: Settings = {
  ...sampleView().settings,
  icons: ['copy', 'cherry-studio', 'cc-switch', 'new-api'].map((id) => ({ id, shown: true })),
};
const show = (more: Partial<Settings> = {}): Promise<Scene> =>
  renderPage(<IconRowSection />, { view: { settings: { ...settings, ...more } } });

const rows = (): HTMLElement[] => within(screen.getByRole('region')).getAllByRole('listitem');
const names = (): string[] => rows().map((row) => row.querySelector('.cut')!.textContent);
const switchOf = (name: string): HTMLElement =>
  screen.getByRole('checkbox', { name: `Show ${name} on keys` });
const saved = ({ inputs }: Scene): string[] =>
  (inputs('settings.save').at(-1)?.settings.icons ?? []).map(({ id, shown }) => `${shown ? '+' : '-'}${id}`);

describe('the icons on a key', () => {
  test('are listed in their order, and say which stand there', async () => {
    await show();
    expect(names().slice(0, 4)).toEqual(['Copy key', 'Cherry Studio', 'CC Switch', 'New API']);
    expect(switchOf('CC Switch')).toBeChecked();
    expect(switchOf('Copy as…')).not.toBeChecked();
  });

  test('are moved by buttons, which keep the focus, and not beyond the ends', async () => {
    const scene = await show();
    expect(screen.getByRole('button', { name: 'Move Copy key up' })).toBeDisabled();
    expect(screen.getByRole('button', { name: `Move ${names().at(-1)} down` })).toBeDisabled();
    await scene.user.click(screen.getByRole('button', { name: 'Move CC Switch up' }));
    await scene.user.keyboard('{Enter}');
    expect(names().slice(0, 3)).toEqual(['CC Switch', 'Copy key', 'Cherry Studio']);
    expect(saved(scene).slice(0, 3)).toEqual(['+cc-switch', '+copy', '+cherry-studio']);
    await scene.user.click(screen.getByRole('button', { name: 'Move CC Switch down' }));
    expect(names().slice(0, 3)).toEqual(['Copy key', 'CC Switch', 'Cherry Studio']);
  });

  test('are switched off and on without moving', async () => {
    const scene = await show();
    await scene.user.click(switchOf('Cherry Studio'));
    expect(saved(scene).slice(0, 3)).toEqual(['+copy', '-cherry-studio', '+cc-switch']);
    await scene.user.click(switchOf('Cherry Studio'));
    expect(saved(scene).slice(0, 3)).toEqual(['+copy', '+cherry-studio', '+cc-switch']);
    expect(names()[1]).toBe('Cherry Studio');
  });

  test('that find no room are said to be under Send to', async () => {
    const { user } = await show();
    await user.click(switchOf('AionUI'));
    const row = rows().find((one) => one.textContent.includes('AionUI'))!;
    expect(row).toHaveTextContent('in “Send to”');
    await user.click(switchOf('Copy key'));
    expect(row).not.toHaveTextContent('in “Send to”');
  });
});
