import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventQueue, type QueuedEvent } from './event-queue.ts';

test('hands out what was not cancelled, by time and then by sequence', () => {
  const plan = fc.array(fc.record({ timeUs: fc.nat(50), isCancelled: fc.boolean() }), {
    minLength: 0,
    maxLength: 3000,
    size: 'max',
  });
  fc.assert(
    fc.property(plan, (planned) => {
      const queue = new EventQueue<QueuedEvent>();
      const events = planned.map(({ timeUs }, sequence) => ({ timeUs, sequence, isCancelled: false }));
      for (const event of events) queue.push(event);
      for (const [index, event] of events.entries()) {
        if (planned[index]?.isCancelled !== true) continue;
        queue.cancel(event);
        queue.cancel(event);
      }
      const expected = events
        .filter((event) => !event.isCancelled)
        .toSorted((left, right) => left.timeUs - right.timeUs || left.sequence - right.sequence);
      expect(queue.size).toBe(expected.length);
      const handedOut: QueuedEvent[] = [];
      for (let event = queue.pop(); event !== undefined; event = queue.pop()) handedOut.push(event);
      expect(handedOut).toEqual(expected);
    }),
    { numRuns: 50, seed: 20261121 },
  );
});
