import { expect, it } from 'vitest';
import { UncommittedBytes } from './uncommitted-bytes.ts';

it('bytes count as committed when the high watermark has passed their batch', () => {
  const bytes = new UncommittedBytes();
  bytes.onAppended(10, 100);
  bytes.onAppended(20, 50);
  bytes.onHighWatermark(15);
  expect([bytes.appended, bytes.committed]).toEqual([150, 100]);
  bytes.onHighWatermark(20);
  expect(bytes.committed).toBe(150);
});

it('bytes are committed at once without followers, also after some have left', () => {
  const bytes = new UncommittedBytes();
  bytes.onAppended(10, 100);
  bytes.onCommitted(7);
  bytes.onHighWatermark(10);
  expect([bytes.appended, bytes.committed]).toEqual([107, 107]);
});

it('a thousand batches and more that are not committed are remembered as the last of them', () => {
  const bytes = new UncommittedBytes();
  for (let batch = 1; batch <= 5000; batch++) bytes.onAppended(batch, 1);
  bytes.onHighWatermark(4999);
  expect(bytes.committed).toBeLessThan(5000);
  bytes.onHighWatermark(5000);
  expect(bytes.committed).toBe(5000);
});
