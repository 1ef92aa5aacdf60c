import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { nodeHost, silentLogger, type SocketAddress } from '@millrace/host';
import {
  DescribeClusterRequest,
  DescribeClusterResponse,
} from '@millrace/protocol/messages/describe-cluster';
import {
  SaslAuthenticateRequest,
  SaslAuthenticateResponse,
} from '@millrace/protocol/messages/sasl-authenticate';
import { SaslHandshakeRequest, SaslHandshakeResponse } from '@millrace/protocol/messages/sasl-handshake';
import { describe, expect, test } from 'vitest';
import { PeerLoginError } from '../errors.ts';
import { RequestServer, servedApi } from '../testing/request-server.ts';
import { peerApi } from './peer-api.ts';
import { PeerChannel } from './peer-channel.ts';
import type { PeerLogin } from './peer-login.ts';

const DESCRIBE = peerApi(DescribeClusterRequest, DescribeClusterResponse);

/** What one login says to another, step by step; an Error refuses it. */
type Server = (token: string, step: number) => string;

async function describeThrough(login: PeerLogin, mechanisms: string[], answer: Server): Promise<number> {
  let step = 0;
  const server = new RequestServer([
    servedApi(SaslHandshakeRequest, SaslHandshakeResponse, ({ mechanism }) => ({
      errorCode: mechanisms.includes(mechanism) ? 0 : 33,
      mechanisms,
    })),
    servedApi(SaslAuthenticateRequest, SaslAuthenticateResponse, ({ authBytes }) => {
      try {
        const said = answer(authBytes.toString(), step++);
        return { errorCode: 0, errorMessage: null, authBytes: Buffer.from(said), sessionLifetimeMs: 0 };
      } catch (error) {
        const { message } = error as Error;
        return { errorCode: 58, errorMessage: message, authBytes: Buffer.alloc(0), sessionLifetimeMs: 0 };
      }
    }),
    servedApi(DescribeClusterRequest, DescribeClusterResponse, () => ({
      throttleTimeMs: 0,
      errorCode: 0,
      clusterId: 'c',
      controllerId: step,
      brokers: [],
      clusterAuthorizedOperations: 0,
    })),
  ]);
  const host = nodeHost();
  const address: SocketAddress = await server.listen(host, { host: '127.0.0.1', port: 0 });
  const options = {
    host,
    logger: silentLogger,
    clientId: 't',
    requestTimeoutMs: 5000,
    address: () => address,
  };
  const channel = new PeerChannel({ ...options, security: { login } });
  try {
    return (await channel.send(DESCRIBE, { includeClusterAuthorizedOperations: false })).controllerId;
  } finally {
    channel.close();
    await server.close();
  }
}

/** The other side of SCRAM-SHA-256, for a password. */
function scramServer(password: string): Server {
  const salt = Buffer.from('salt');
  const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
  const salted = pbkdf2Sync(password, salt, 4096, 32, 'sha256');
  let [bare, challenge] = ['', ''];
  return (token, step) => {
    if (step === 0) {
      bare = token.slice(3);
      return (challenge = `r=${/r=(.*)$/.exec(bare)![1]}x,s=${salt.toString('base64')},i=4096`);
    }
    const [withoutProof = '', proof = ''] = token.split(',p=');
    const message = `${bare},${challenge},${withoutProof}`;
    const clientKey = hmac(salted, 'Client Key');
    const signature = hmac(createHash('sha256').update(clientKey).digest(), message);
    const expected = Buffer.from(clientKey.map((byte, at) => byte ^ signature[at]!));
    if (proof !== expected.toString('base64')) throw new Error('wrong password');
    return `v=${hmac(hmac(salted, 'Server Key'), message).toString('base64')}`;
  };
}

const scram: PeerLogin = { mechanism: 'SCRAM-SHA-256', username: 'node', password: 'secret' };

describe('a login to another node', () => {
  test('with PLAIN goes ahead of the requests that wait', async () => {
    const login = { mechanism: 'PLAIN', username: 'node', password: 'secret' } as const;
    const answers = await describeThrough(login, ['PLAIN'], (token) => {
      expect(token).toBe('\0node\0secret');
      return '';
    });
    expect(answers).toBe(1);
  });

  test('with SCRAM shows no password, and both sides prove that they know it', async () => {
    expect(await describeThrough(scram, ['SCRAM-SHA-256'], scramServer('secret'))).toBe(2);
  });

  test.each<[string, string[], Server, string]>([
    ['a mechanism that is not offered', ['PLAIN'], () => '', 'does not know SCRAM-SHA-256, only PLAIN'],
    ['another password', ['SCRAM-SHA-256'], scramServer('other'), 'wrong password'],
    ['a challenge for somebody else', ['SCRAM-SHA-256'], () => 'r=x,s=eA==,i=4096', 'challenge is malformed'],
    [
      'a node that does not know the password',
      ['SCRAM-SHA-256'],
      (token, step) => (step === 0 ? `r=${/r=(.*)$/.exec(token)![1]}x,s=c2FsdA==,i=4096` : 'v=eA=='),
      'cannot prove that it knows the password',
    ],
  ])('ends with %s', async (_what, mechanisms, answer, problem) => {
    const refused = describeThrough(scram, mechanisms, answer);
    await expect(refused).rejects.toThrow(problem);
    await expect(refused).rejects.toBeInstanceOf(PeerLoginError);
  });
});
