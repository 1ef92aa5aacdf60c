import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { SeededRandom } from '@millrace/host';
import { expect, test } from 'vitest';
import { credentialOf } from '../scram/scram-credential.ts';
import { scramMechanism } from './scram.ts';

const salt = Buffer.from('salt of alice');
const iterations = 4096;
const salted = pbkdf2Sync('secret', salt, iterations, 32, 'sha256');
const credential = credentialOf('SCRAM-SHA-256', salted, { salt, iterations });

function begin() {
  const random = new SeededRandom('nonces');
  const credentials = new Map([['al,i=ce', credential]]);
  return scramMechanism('SCRAM-SHA-256', { random, credentialOf: (name) => credentials.get(name) }).begin();
}

/** The last message of a client that knows the password; `nonceOf` makes the nonce it sends of the two there are. */
async function login(nonceOf: (clientNonce: string, both: string) => string, header = 'n,,') {
  const exchange = begin();
  const bare = 'n=al=2Ci=3Dce,r=client-nonce';
  const first = (await exchange.respond(Buffer.from(header + bare))).challenge.toString();
  const both = /^r=([^,]+)/.exec(first)![1]!;
  const channel = Buffer.from('n,,').toString('base64');
  const withoutProof = `c=${channel},r=${nonceOf('client-nonce', both)}`;
  const message = `${bare},${first},${withoutProof}`;
  const clientKey = createHmac('sha256', salted).update('Client Key').digest();
  const storedKey = createHash('sha256').update(clientKey).digest();
  const signature = createHmac('sha256', storedKey).update(message).digest();
  const proof = Buffer.from(clientKey.map((byte, at) => byte ^ signature[at]!)).toString('base64');
  return exchange.respond(Buffer.from(`${withoutProof},p=${proof}`));
}

test('a client that knows the password is let in under its name', async () => {
  const { user, challenge } = await login((_client, both) => both);
  expect(user).toEqual({ userName: 'al,i=ce', expiresAtMs: undefined });
  expect(challenge.toString()).toMatch(/^v=/);
});

test('a client that repeats its nonce in front of both, as librdkafka before 2.6 does, is let in', async () => {
  expect((await login((client, both) => client + both)).user?.userName).toBe('al,i=ce');
});

test('a proof made for another exchange is refused', async () => {
  await expect(login((client) => `${client}another`)).rejects.toThrow('invalid credentials');
  await expect(login((_client, both) => both, 'n,a=al=2Ci=3Dce,')).rejects.toThrow('invalid credentials');
});

test.each([
  ['nonsense', 'hello'],
  ['channel binding, which is not offered', 'p=tls-unique,,n=al=2Ci=3Dce,r=x'],
  ['a user who does not exist', 'n,,n=bob,r=x'],
  ['a delegation token', 'n,,n=al=2Ci=3Dce,r=x,tokenauth=true'],
])('%s is refused in the same words', (_what, first) => {
  expect(() => begin().respond(Buffer.from(first))).toThrow(
    /invalid credentials with SASL mechanism SCRAM-SHA-256$/,
  );
});

test('somebody cannot ask to be somebody else', () => {
  expect(() => begin().respond(Buffer.from('n,a=admin,n=al=2Ci=3Dce,r=x'))).toThrow(
    'different from username',
  );
});
