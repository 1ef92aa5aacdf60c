import { SeededRandom } from '@millrace/host';
import { expect, test } from 'vitest';
import { randomUuid } from './random-uuid.ts';

test('random ids are version 4, without a dash, and different', () => {
  const random = new SeededRandom(1);
  const ids = Array.from({ length: 1000 }, () => randomUuid(random));
  expect(new Set(ids).size).toBe(1000);
  for (const id of ids) {
    expect(id).toMatch(/^[A-Za-z0-9_]{22}$/);
    expect(Buffer.from(id, 'base64url')[6]! >> 4).toBe(4);
  }
});
