import { expect, test } from 'vitest';
import { readOptions, UsageError } from '../../scripts/demo/options';

const SECRETS = { MANAGEMENT_KEY: 'mk-fake', RELAY_KEY: 'sk-fake', RELAY_TOKEN: 'token-fake' };

test('secrets come from the environment', () => {
  const asked = ['--cliproxyapi', 'http://localhost:8317', '--relay', 'https://relay.example'];
  expect(readOptions(asked, true, SECRETS)).toMatchObject({
    cliproxyapi: { address: 'http://localhost:8317', managementKey: 'mk-fake' },
    relay: { kind: 'key', key: 'sk-fake' },
  });
  const account = [...asked, '--relay-user', '7'];
  expect(readOptions(account, true, { ...SECRETS, RELAY_KEY: undefined })).toMatchObject({
    relay: { kind: 'account', accessToken: 'token-fake', userId: '7' },
  });
});

test('the environment alone does not turn the demo to other servers', () => {
  expect(readOptions([], true, SECRETS)).toMatchObject({ cliproxyapi: undefined, relay: undefined });
});

test('what is missing is named', () => {
  expect(() => readOptions(['--cliproxyapi', 'http://localhost:8317'], true, {})).toThrow(UsageError);
  expect(() => readOptions(['--relay', 'https://relay.example'], true, {})).toThrow('RELAY_KEY');
});

test('the embedded CLIProxyAPI is of 7.x, or of 8.x if asked for', () => {
  expect(readOptions([], true, {})).toMatchObject({ proxyVersion: '7' });
  expect(readOptions(['--cliproxyapi-version', '8'], true, {})).toMatchObject({ proxyVersion: '8' });
  expect(() => readOptions(['--cliproxyapi-version', '6'], true, {})).toThrow('7 or 8');
  const own = ['--cliproxyapi', 'http://localhost:8317', '--cliproxyapi-version', '8'];
  expect(() => readOptions(own, true, SECRETS)).toThrow('embedded');
});

test('a second CLIProxyAPI comes only if asked for', () => {
  expect(readOptions([], true, {})).toMatchObject({ second: false });
  expect(readOptions(['--connections', '2'], true, {})).toMatchObject({ second: true });
  expect(() => readOptions(['--connections', '3'], true, {})).toThrow('1 or 2');
});
