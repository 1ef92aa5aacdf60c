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

function problemsOf(ledger: Ledger, ...numbers: readonly number[]): string[] {
  return ledger.problems(read(...numbers)).map(({ text }) => text);
}

test('what is there once, in order, is fine, acknowledged or not', () => {
  expect(problemsOf(ledgerWith(0, 2), 0, 1, 2)).toEqual([]);
});

test('what was acknowledged and is not there is lost', () => {
  expect(problemsOf(ledgerWith(0, 1), 0)).toEqual(['lost: c 0 1']);
});

test('what is there twice is duplicated', () => {
  expect(problemsOf(ledgerWith(0), 0, 1, 0)).toEqual(['duplicated: c 0 0']);
});

test('what is there in another order is reordered', () => {
  expect(problemsOf(ledgerWith(0, 1), 1, 0)).toEqual(['reordered: c 0 0 after 1']);
});

test('a problem belongs to the round in which its record was sent', () => {
  const ledger = ledgerWith(0);
  for (const round of [1, 2]) {
    ledger.beginRound(round);
    for (const number of [2 * round - 1, 2 * round])
      ledger.acknowledge({ client: 'c', partition: 0, number });
  }
  const problems = ledger.problems(read(1, 2, 2));
  expect(problems.map(({ kind, round }) => [kind, round])).toEqual([
    ['duplicated', 1],
    ['lost', 0],
    ['lost', 2],
    ['lost', 2],
  ]);
});
