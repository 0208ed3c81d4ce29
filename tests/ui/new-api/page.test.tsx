// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { fail, ok } from '../../../src/core/failures/result';
import { NewApiPage } from '../../../src/ui/new-api/page';
import { newApiReport, newApiView } from '../channels/samples';
import { enter, renderPage, type Scene } from '../render-page';
import type { Script } from '../scripted-worker';
import type { NewApiView } from '../../../src/core/new-api/view';

const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name });

const show = (all: NewApiView[], script: Script = {}): Promise<Scene> =>
  renderPage(<NewApiPage />, {
    page: { isPopup: false },
    script: { 'new-api.list': () => ok(all), 'new-api.check': () => ok(newApiReport()), ...script },
  });

test('without a New API the page says what one is for, and its one primary button adds one', async () => {
  await show([]);
  expect(screen.getByText('No New API site connected')).toBeVisible();
  expect(button('Connect New API site')).toHaveClass('primary');
});

test('a new one is asked for by name from the click, kept, and tested at once', async () => {
  const scene = await show([], { 'new-api.save': () => ok('n1') });
  await scene.user.click(button('Connect New API site'));
  await enter(scene, screen.getByLabelText('Site URL'), 'https://n1.example/console');
  await enter(scene, screen.getByLabelText('Access token'), 'token-1');
  await enter(scene, screen.getByLabelText('User ID'), '1');
  await scene.user.click(button('Save and check'));
  expect(scene.page.requested).toEqual(['*://n1.example/*']);
  const typed = { siteUrl: 'https://n1.example/console', accessToken: 'token-1', userId: '1' };
  expect(scene.inputs('new-api.save')).toEqual([{ name: '', remember: 'device', ...typed }]);
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  expect(scene.inputs('new-api.check')).toEqual([{ newApiId: 'n1' }]);
});

test('what cannot be kept is said in the form, which stays', async () => {
  const { user } = await show([], { 'new-api.save': () => fail({ code: 'bad-token' }) });
  await user.click(button('Connect New API site'));
  await user.click(button('Save and check'));
  expect(within(screen.getByRole('dialog')).getByRole('alert')).toBeVisible();
});

test('a change without a token keeps the saved one, which is never shown', async () => {
  const scene = await show([newApiView()], { 'new-api.save': () => ok('n1') });
  await scene.user.click(button('Edit'));
  expect(await screen.findByLabelText('Access token')).toHaveValue('');
  await enter(scene, screen.getByLabelText('Name'), 'Other');
  await scene.user.click(button('Save and check'));
  expect(scene.inputs('new-api.save')).toEqual([
    { id: 'n1', name: 'Other', siteUrl: 'https://n1.example', userId: '1', remember: 'device' },
  ]);
});

test('the doctor lists its steps in order; after the first failure nothing was asked', async () => {
  const host = 'n1.example';
  const report = newApiReport({
    passed: ['reachable', 'family'],
    failure: { code: 'token-refused', host },
    found: null,
  });
  const { user } = await show([newApiView({ rights: null })], { 'new-api.check': () => ok(report) });
  await user.click(button('Check'));
  expect(await screen.findByText('Stopped at step 3')).toBeVisible();
  expect(screen.getByText('Access token accepted: no')).toBeVisible();
  expect(screen.getByText('Administrator account: not asked')).toBeVisible();
  expect(screen.getByText('Has permission to edit and delete channels: not asked')).toBeVisible();
});

test('of an account that may change channels only is said just that', async () => {
  const report = newApiReport({
    passed: ['reachable', 'family', 'token', 'admin'],
    failure: { code: 'channel-no-right', host: 'n1.example' },
  });
  const rights = { admin: true, write: true, sensitive: false };
  const { user } = await show([newApiView({ rights })], { 'new-api.check': () => ok(report) });
  await user.click(button('Check'));
  expect(
    await screen.findByText(/may change channels at n1.example, but not create or delete them/),
  ).toBeVisible();
  expect(screen.getByRole('link', { name: 'Manage channels' })).toBeVisible();
});

test('a check that passes leads to the channels', async () => {
  const { user } = await show([newApiView()]);
  await user.click(button('Check'));
  expect(await screen.findByText('The connection works')).toBeVisible();
  expect(screen.getByText('New API: 3 channels found.')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Manage channels' })).toHaveAttribute('href', '#/channels/n1');
});

test.each([
  [{ rights: { admin: true, write: true, sensitive: false } }, 'Can edit channels, not delete them'],
  [{ rights: { admin: true, write: false, sensitive: false } }, 'Can view channels only'],
  [{ rights: { admin: false, write: false, sensitive: false } }, 'Not an administrator'],
  [{ rights: null, checkedAt: null }, 'Not checked'],
  [{ rights: null }, 'The last check failed'],
  [{ hasToken: false, remember: 'session' }, 'Access token needed'],
  [{ halted: { code: 'token-refused', host: 'n1.example' } }, 'n1.example refuses'],
] as const)('of a token with %j is said what it may do', async (more, text) => {
  await show([newApiView(more)]);
  expect(screen.getByText(text)).toBeVisible();
});

test('a host that is not allowed is asked for by name, and then tested', async () => {
  const scene = await show([newApiView({ granted: false })]);
  await scene.user.click(button('Allow access to n1.example'));
  expect(scene.page.requested).toEqual(['*://n1.example/*']);
  expect(scene.inputs('new-api.check')).toHaveLength(1);
});

test('one is removed only after a question', async () => {
  const scene = await show([newApiView()], { 'new-api.forget': () => ok(true) });
  await scene.user.click(button('Remove'));
  expect(scene.inputs('new-api.forget')).toEqual([]);
  await scene.user.click(button('Disconnect site'));
  expect(scene.inputs('new-api.forget')).toEqual([{ newApiId: 'n1' }]);
});

test('its token is kept until the browser closes if that is chosen, and it is said where it is kept', async () => {
  const scene = await show([newApiView()], { 'new-api.save': () => ok('n1') });
  await scene.user.click(button('Edit'));
  expect(screen.getByText(/gives full control of the site/)).toBeVisible();
  expect(screen.getByText(/not synced, not encrypted/)).toBeVisible();
  await scene.user.click(screen.getByRole('radio', { name: 'Until the browser closes' }));
  expect(screen.getByText(/^In memory only, and in no backup/)).toBeVisible();
  await scene.user.click(button('Save and check'));
  expect(scene.inputs('new-api.save')).toMatchObject([{ id: 'n1', remember: 'session' }]);
});

test('one whose token went with the browser says so, and its form has none saved', async () => {
  const { user } = await show([newApiView({ remember: 'session', hasToken: false })]);
  expect(screen.getByText(/does not have the access token for n1.example/)).toBeVisible();
  await user.click(button('Edit'));
  expect(screen.getByRole('radio', { name: 'Until the browser closes' })).toBeChecked();
  expect(screen.getByLabelText('Access token')).toHaveAttribute('placeholder', '');
});
