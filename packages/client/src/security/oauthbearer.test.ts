import { once } from 'node:events';
import { createServer } from 'node:http';
import { Simulation } from '@millrace/host';
import { expect, test } from 'vitest';
import { clientCredentialsProvider } from './client-credentials.ts';
import { oauthBearerMechanism } from './oauthbearer.ts';

const never = new AbortController().signal;

test('a token that is still good serves while nobody gives out a new one', async () => {
  const simulation = new Simulation({ seed: 'tokens' });
  await simulation.run(async () => {
    const host = simulation.host('client');
    let given = 0;
    let isDown = false;
    const mechanism = oauthBearerMechanism(
      host,
      async () => {
        if (isDown) throw new Error('the issuer is down');
        return { value: `token-${++given}`, expiresAtMs: host.clock.nowMs() + 100_000 };
      },
      0.8,
    );
    const first = async () => /token-\d/.exec(String(await mechanism.begin(never).first()))?.[0];
    expect(await first()).toBe('token-1');
    isDown = true;
    await simulation.sleep(90_000);
    expect(await first()).toBe('token-1');
    await simulation.sleep(20_000);
    await expect(first()).rejects.toThrow('the issuer is down');
    isDown = false;
    expect(await first()).toBe('token-2');
  });
});

test.each([
  [401, 'ERR_CLIENT_AUTHENTICATION_FAILED'],
  [429, undefined],
  [408, undefined],
  [503, undefined],
])('a token endpoint that answers %i: the code of the error is %s', async (status, code) => {
  const server = createServer((_request, response) => {
    response.statusCode = status;
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const credentials = { clientId: 'a', clientSecret: 'b', scope: undefined, extensions: {} };
  const provider = clientCredentialsProvider(`http://127.0.0.1:${port}`, credentials, () => 0);
  const failure = await provider({ signal: never }).then(
    () => undefined,
    (error: unknown) => error as { readonly code?: string },
  );
  server.closeAllConnections();
  server.close();
  expect(failure).toBeInstanceOf(Error);
  expect(failure?.code).toBe(code);
});
