// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { Failure } from '../../../src/core/failures/failure';
import type { AccountView } from '../../../src/core/view/view';
import { AccountCard } from '../../../src/ui/accounts/account-card';
import { renderPage } from '../render-page';
import { accountView } from '../samples';

const show = (more: Partial<AccountView>) => renderPage(<AccountCard account={accountView(more)} />);
const host = 'r1.example';

describe('an account that could not be read', () => {
  test.each<[Failure, AccountView['family'], string[]]>([
    [{ code: 'token-refused', host }, 'new-api', ['Enter a new token']],
    [{ code: 'user-id-refused', host }, 'new-api', ['Enter a new token']],
    [{ code: 'user-id-needed', host }, 'veloera', ['Enter a new token']],
    [{ code: 'login-ended', host }, 'new-api', ['Open the site', 'Enter a new token']],
    [{ code: 'login-ended', host }, 'sub2api', ['Open the site']],
    [{ code: 'relay-permission', host }, 'new-api', ['Allow access']],
    [{ code: 'relay-timeout', host, seconds: 10 }, 'new-api', []],
  ])('offers what mends it: %o, %s', async (failure, family, offers) => {
    await show({ failure, family });
    const rest = ['Refresh', 'Remove', 'Edit'];
    const buttons = screen.getAllByRole('button').map(({ textContent }) => textContent);
    expect(buttons.filter((name) => !rest.includes(name))).toEqual(offers);
  });

  test('is opened where its login was', async () => {
    const scene = await show({ failure: { code: 'login-ended', host }, family: 'sub2api' });
    await scene.user.click(screen.getByRole('button', { name: 'Open the site' }));
    expect(scene.page.links).toEqual(['https://r1.example']);
  });
});
