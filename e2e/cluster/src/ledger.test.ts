import { expect, test } from 'vitest';
import { entryOf, Ledger, textOf } from './ledger.ts';

function ledgerWith(...numbers: readonly number[]): Ledger {
  const ledger = new Ledger();
  for (const number of numbers) ledger.acknowledge({ client: 'c', partition: 0, number });
  return ledger;
}

function read(...numbers: readonly number[]) {
  return numbers.map((number) => entryOf(textOf({ client: 'c', partition: 0, number })));
}

test('what is there once, in order, is fine, acknowledged or not', () => {
  expect(ledgerWith(0, 2).problems(read(0, 1, 2))).toEqual([]);
});

test('what was acknowledged and is not there is lost', () => {
  expect(ledgerWith(0, 1).problems(read(0))).toEqual(['lost: c 0 1']);
});

test('what is there twice is duplicated', () => {
  expect(ledgerWith(0).problems(read(0, 1, 0))).toEqual(['duplicated: c 0 0']);
});

test('what is there in another order is reordered', () => {
  expect(ledgerWith(0, 1).problems(read(1, 0))).toEqual(['reordered: c 0 0 after 1']);
});
