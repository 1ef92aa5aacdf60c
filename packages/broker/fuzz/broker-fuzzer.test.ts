import { memoryHost } from '@millrace/host';
import { expect, test } from 'vitest';
import { BrokerFuzzer } from './broker-fuzzer.ts';

const REQUESTS = 2500;

test('clients without sense neither break the broker nor disturb an honest one, and leave logs that replay', async () => {
  const fuzzer = new BrokerFuzzer({
    host: memoryHost(),
    directory: '/data',
    seed: 'short form',
    actors: 6,
    isOver: ({ sent }) => sent >= REQUESTS,
  });
  await fuzzer.run();
  expect(fuzzer.honest?.records).toBeGreaterThan(10);
  expect(fuzzer.counts.answered).toBeGreaterThan(REQUESTS / 3);
  expect(fuzzer.counts.damaged).toBeGreaterThan(REQUESTS / 8);
}, 300_000);
