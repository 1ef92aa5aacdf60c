import { expect, test } from 'vitest';
import { memoryHost } from './memory/memory-host.ts';
import { Turns } from './turns.ts';

test('a turn is over after three milliseconds, and the next one begins when others have had theirs', async () => {
  let nowMs = 0;
  const { timers } = memoryHost();
  const turns = new Turns({ timers, clock: { nowMs: () => 0, monotonicMs: () => nowMs } });
  const seen: string[] = [];
  timers.defer(() => seen.push('somebody else'));
  nowMs = 2.9;
  expect(turns.isOver).toBe(false);
  nowMs = 3;
  expect(turns.isOver).toBe(true);
  await turns.next();
  seen.push('this');
  expect(seen).toEqual(['somebody else', 'this']);
  expect(turns.isOver).toBe(false);
});
