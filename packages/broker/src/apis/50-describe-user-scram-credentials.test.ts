import { ErrorCode } from '@millrace/protocol';
import {
  DescribeUserScramCredentialsRequest,
  DescribeUserScramCredentialsResponse,
} from '@millrace/protocol/messages/describe-user-scram-credentials';
import { describe, expect, test } from 'vitest';
import type { RawConnection } from '../testing/raw-connection.ts';
import { setScramPassword } from '../testing/scram-user.ts';
import { connectAs, startSecuredBroker } from '../testing/secured-broker.ts';
import { TestBroker } from '../testing/test-broker.ts';

async function ask(connection: RawConnection, names: readonly string[] | null) {
  const users = names?.map((name) => ({ name })) ?? null;
  return connection.send({
    request: DescribeUserScramCredentialsRequest,
    response: DescribeUserScramCredentialsResponse,
    version: 0,
    message: { users },
  });
}

describe('DescribeUserScramCredentials', () => {
  test('tells mechanisms and iterations, of all users or of some', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await setScramPassword(connection, 'SCRAM-SHA-256', 'bob', 'secret');
    await setScramPassword(connection, 'SCRAM-SHA-512', 'bob', 'secret');
    await setScramPassword(connection, 'SCRAM-SHA-512', 'carol', 'secret');
    const all = await ask(connection, null);
    expect(all.results.map(({ user, credentialInfos }) => [user, credentialInfos.length])).toEqual([
      ['bob', 2],
      ['carol', 1],
    ]);
    const { results } = await ask(connection, ['carol', 'nobody', 'bob', 'bob']);
    expect(results).toMatchObject([
      { user: 'carol', errorCode: ErrorCode.NONE, credentialInfos: [{ mechanism: 2, iterations: 4096 }] },
      { user: 'nobody', errorCode: ErrorCode.RESOURCE_NOT_FOUND },
      { user: 'bob', errorCode: ErrorCode.DUPLICATE_RESOURCE },
    ]);
  });

  test('is for those who may look at the cluster', async () => {
    await using server = await startSecuredBroker();
    expect(await ask(await connectAs(server, 'alice'), null)).toMatchObject({
      errorCode: ErrorCode.CLUSTER_AUTHORIZATION_FAILED,
    });
  });
});
