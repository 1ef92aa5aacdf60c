import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { nodeHost, type Host } from '@millrace/host';
import { expect, test } from 'vitest';
import { scramMechanism } from './scram.ts';

const SIGNAL = new AbortController().signal;
const salt = Buffer.from('salt salt salt salt');
const mechanism = () => scramMechanism('SCRAM-SHA-256', { host: nodeHost(), username: 'u', password: 'p' });

async function challenged(challenge: (nonce: string) => string) {
  const exchange = mechanism().begin(SIGNAL);
  const first = (await exchange.first()).toString();
  const nonce = /r=(.*)$/.exec(first)![1]!;
  return { exchange, first, nonce, answer: exchange.next(Buffer.from(challenge(nonce))) };
}

test('a broker that does not know the password is not believed', async () => {
  const challenge = (nonce: string) => `r=${nonce}more,s=${salt.toString('base64')},i=4096`;
  const { exchange, answer } = await challenged(challenge);
  await answer;
  const guess = createHmac('sha256', 'guess').update('x').digest('base64');
  await expect(exchange.next(Buffer.from(`v=${guess}`))).rejects.toThrow('could not prove');
});

test('a broker that knows the password is', async () => {
  let serverFirst = '';
  const { exchange, first, answer } = await challenged(
    (nonce) => (serverFirst = `r=${nonce}more,s=${salt.toString('base64')},i=4096`),
  );
  const final = (await answer)!.toString();
  const [withoutProof, proof] = final.split(',p=') as [string, string];
  const salted = pbkdf2Sync('p', salt, 4096, 32, 'sha256');
  const message = `${first.slice(3)},${serverFirst},${withoutProof}`;
  const clientKey = createHmac('sha256', salted).update('Client Key').digest();
  const storedKey = createHash('sha256').update(clientKey).digest();
  const signature = createHmac('sha256', storedKey).update(message).digest();
  expect(Buffer.from(proof, 'base64')).toEqual(
    Buffer.from(clientKey.map((byte, at) => byte ^ signature[at]!)),
  );
  const serverKey = createHmac('sha256', salted).update('Server Key').digest();
  const verifier = createHmac('sha256', serverKey).update(message).digest('base64');
  expect(await exchange.next(Buffer.from(`v=${verifier}`))).toBeUndefined();
});

test.each([
  ['another nonce', () => 'r=other,s=c2FsdA==,i=4096', 'malformed'],
  ['too few iterations', (nonce: string) => `r=${nonce}x,s=c2FsdA==,i=1`, 'asks for 1 iterations'],
  ['too many iterations', (nonce: string) => `r=${nonce}x,s=c2FsdA==,i=99999999`, 'iterations'],
  ['nonsense', () => 'hello', 'malformed'],
])('a challenge with %s is refused', async (_what, challenge, problem) => {
  const { answer } = await challenged(challenge);
  await expect(answer).rejects.toThrow(problem);
});

test('the hash of a password does not hold up the event loop, and is computed once per salt (platformatic/kafka#237)', async () => {
  const host = nodeHost();
  const slow = scramMechanism('SCRAM-SHA-512', { host, username: 'u', password: 'p' });
  const begin = async () => {
    const exchange = slow.begin(SIGNAL);
    const nonce = /r=(.*)$/.exec((await exchange.first()).toString())![1]!;
    return exchange.next(Buffer.from(`r=${nonce}x,s=c2FsdA==,i=400000`));
  };
  let turns = 0;
  let isDone = false;
  const turn = () => {
    turns++;
    if (!isDone) host.timers.defer(turn);
  };
  turn();
  const firstMs = await timed(host, begin);
  isDone = true;
  expect(turns).toBeGreaterThan(50);
  expect(await timed(host, begin)).toBeLessThan(firstMs / 4);
});

async function timed(host: Host, run: () => Promise<unknown>): Promise<number> {
  const beganMs = host.clock.monotonicMs();
  await run();
  return host.clock.monotonicMs() - beganMs;
}
