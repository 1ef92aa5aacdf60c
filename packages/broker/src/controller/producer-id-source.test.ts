import { KafkaError } from '@millrace/protocol';
import { expect, it } from 'vitest';
import { ProducerIdSource } from './producer-id-source.ts';

it('everybody gets an id of its own, however many ask at once, and the next block is there before it is needed', async () => {
  let blocks = 0;
  const source = new ProducerIdSource(async () => ({ firstId: 100 * blocks++, count: 10 }));
  const ids = await Promise.all(Array.from({ length: 25 }, () => source.next()));
  expect(new Set(ids).size).toBe(25);
  expect(ids.every((id) => id % 100 < 10)).toBe(true);
  expect(blocks).toBe(3);
  for (let asked = 0; asked < 4; asked++) await source.next();
  expect(blocks).toBe(4);
});

it('who asks while no controller can be reached is refused; the next one is served', async () => {
  let isReachable = false;
  const source = new ProducerIdSource(async () => {
    if (!isReachable) throw new KafkaError('REQUEST_TIMED_OUT');
    return { firstId: 7, count: 2 };
  });
  const refused = await Promise.allSettled([source.next(), source.next()]);
  expect(refused.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  isReachable = true;
  expect(await Promise.all([source.next(), source.next()])).toEqual([7, 8]);
});
