import { memoryHost, type Logger } from '@millrace/host';
import { describe, expect, test } from 'vitest';
import { authentication } from './authentication.ts';
import type { RegistryProperties } from './registry-properties.ts';
import { registrySettings } from './registry-settings.ts';

const host = memoryHost();

/** Whether properties let `user` in with `password`, and what was warned of. */
async function authenticator(
  properties: Partial<RegistryProperties>,
): Promise<{ check: Awaited<ReturnType<typeof authentication>>; warnings: unknown[] }> {
  const warnings: unknown[] = [];
  const ignore = () => undefined;
  const logger: Logger = {
    error: ignore,
    info: ignore,
    debug: ignore,
    warn: (message, fields) => warnings.push([message, fields]),
  };
  const settings = registrySettings(
    { 'kafkastore.bootstrap.servers': 'localhost:9092', ...properties },
    logger,
  );
  return { check: await authentication(settings, undefined, { host, logger }), warnings };
}

describe('a file of users', () => {
  const basic = { 'authentication.method': 'BASIC', 'authentication.users.file': '/users' } as const;
  // The digest is that of "secret".
  const users = `# people
ann: p:w,admin
bob=MD5:5EBE2294ECD0E0F08EAB7690D2A6EE69,reader
  eve   plain
`;

  test.each([
    ['ann', 'p:w', true],
    ['ann', 'p:w,admin', false],
    ['ann', '', false],
    ['bob', 'secret', true],
    ['bob', 'Secret', false],
    ['bob', 'MD5:5EBE2294ECD0E0F08EAB7690D2A6EE69', false],
    ['eve', 'plain', true],
    ['eve', 'PLAIN', false],
    ['mallory', '', false],
  ])('lets %s with %j in: %s', async (user, password, expected) => {
    await host.disk.writeFile('/users', users);
    const { check } = await authenticator(basic);
    expect(await check?.(user, password)).toBe(expected);
  });

  test('lets in those with one of the roles that are asked for', async () => {
    await host.disk.writeFile('/users', users);
    const { check } = await authenticator({ ...basic, 'authentication.roles': ['reader', 'writer'] });
    expect([
      await check?.('bob', 'secret'),
      await check?.('ann', 'p:w'),
      await check?.('eve', 'plain'),
    ]).toEqual([true, false, false]);
  });

  test('is refused with the line that makes no sense, and without what stands there', async () => {
    await host.disk.writeFile('/users', 'ann: x\nsecretword');
    const refused = authenticator(basic);
    await expect(refused).rejects.toThrow('names /users, whose line 2 is not "name: password"');
    await expect(refused).rejects.not.toThrow('secretword');
  });

  test('has to be there', async () => {
    const properties = { ...basic, 'authentication.users.file': '/nowhere' };
    await expect(authenticator(properties)).rejects.toThrow('names a file that cannot be read: ENOENT');
  });
});

test('BASIC with nobody to check passwords is refused', async () => {
  await expect(authenticator({ 'authentication.method': 'BASIC' })).rejects.toThrow(
    'needs authentication.users.file or the option authenticate',
  );
});

test.each([
  ['http://127.0.0.1:8081', 0],
  ['http://[::1]:8081', 0],
  ['http://localhost:8081', 0],
  ['http://0.0.0.0:8081', 1],
  ['http://10.0.0.7:8081', 1],
])('%s without authentication warns %i times', async (listener, count) => {
  const { check, warnings } = await authenticator({ listeners: [listener] });
  expect(check).toBeUndefined();
  expect(warnings).toHaveLength(count);
});
