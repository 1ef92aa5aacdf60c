import { expect, test } from 'vitest';
import { checkHistory, type CheckOptions } from './check-history.ts';
import type { History } from './history.ts';
import { ScriptedHistory } from './testing/scripted-history.ts';
import { describeViolation, type RuleName } from './violation.ts';

const totals = { topic: 'orders', total: 0, amountOf: (value: string) => Number(value.split(' ')[1]) };
const copied = {
  input: 'input',
  output: 'orders',
  originOf: (value: string) => value.replace('copy of ', ''),
};

interface Case {
  readonly rule: RuleName;
  readonly when: string;
  readonly script: (history: ScriptedHistory) => ScriptedHistory;
  readonly options?: CheckOptions;
}

/** Each history breaks exactly one promise. */
const broken: readonly Case[] = [
  {
    rule: 'lost',
    when: 'an acknowledged record is missing below what was read',
    script: (history) =>
      history
        .send('p', 0, 'a', { offset: 0 })
        .send('q', 0, 'b', { offset: 1 })
        .poll('c', [[0, 1, 'b']]),
  },
  {
    rule: 'unseen',
    when: 'an acknowledged record is missing at the end',
    script: (history) =>
      history
        .send('p', 0, 'a', { offset: 0 })
        .send('p', 0, 'b', { offset: 1 })
        .poll('c', [[0, 0, 'a']])
        .readToEnd('c', [0]),
  },
  {
    rule: 'unseen',
    when: 'the offset of an acknowledged record is not known',
    script: (history) => history.send('p', 0, 'a').readToEnd('c', [0]),
  },
  {
    rule: 'duplicate',
    when: 'a record is read at two offsets',
    script: (history) =>
      history.send('p', 0, 'a', { outcome: 'unknown' }).poll('c', [
        [0, 0, 'a'],
        [0, 1, 'a'],
      ]),
  },
  {
    rule: 'aborted read',
    when: 'a record of an aborted transaction is read',
    script: (history) =>
      history
        .send('p', 0, 'a', { transaction: 't' })
        .end('p', 't', 'aborted')
        .poll('c', [[0, 0, 'a']]),
  },
  {
    rule: 'phantom',
    when: 'a record is read that nobody sent',
    script: (history) => history.poll('c', [[0, 0, 'a']]),
  },
  {
    rule: 'phantom',
    when: 'a record is read in another partition',
    script: (history) => history.send('p', 0, 'a', { outcome: 'unknown' }).poll('c', [[1, 0, 'a']]),
  },
  {
    rule: 'phantom',
    when: 'a record is read before it is sent',
    script: (history) => history.poll('c', [[0, 0, 'a']]).send('p', 0, 'a', { offset: 0 }),
  },
  {
    rule: 'order',
    when: 'records of one producer are swapped',
    script: (history) =>
      history
        .send('p', 0, 'a', { outcome: 'unknown' })
        .send('p', 0, 'b', { outcome: 'unknown' })
        .poll('c', [
          [0, 0, 'b'],
          [0, 1, 'a'],
        ]),
  },
  {
    rule: 'order',
    when: 'acknowledged offsets of one producer fall',
    script: (history) => history.send('p', 0, 'a', { offset: 5 }).send('p', 0, 'b', { offset: 4 }),
  },
  {
    rule: 'divergence',
    when: 'two readers see different records at one offset',
    script: (history) =>
      history
        .send('p', 0, 'a', { outcome: 'unknown' })
        .send('q', 0, 'b', { outcome: 'unknown' })
        .poll('c', [[0, 0, 'a']])
        .poll('d', [[0, 0, 'b']]),
  },
  {
    rule: 'offset went back',
    when: 'a poll returns what an earlier one has returned',
    script: (history) =>
      history
        .send('p', 0, 'a', { offset: 0 })
        .poll('c', [[0, 0, 'a']])
        .poll('c', [[0, 0, 'a']]),
  },
  {
    rule: 'skipped',
    when: 'a reader jumps over what another has read',
    script: (history) =>
      history
        .send('p', 0, 'a', { offset: 0 })
        .send('p', 0, 'b', { offset: 1 })
        .send('p', 0, 'c', { offset: 2 })
        .poll('c', [
          [0, 0, 'a'],
          [0, 1, 'b'],
          [0, 2, 'c'],
        ])
        .poll('d', [
          [0, 0, 'a'],
          [0, 2, 'c'],
        ]),
  },
  {
    rule: 'skipped',
    when: 'a reader misses the start',
    script: (history) =>
      history
        .send('p', 0, 'a', { offset: 0 })
        .send('p', 0, 'b', { offset: 1 })
        .poll('c', [
          [0, 0, 'a'],
          [0, 1, 'b'],
        ])
        .assign('d', [0], { startOffset: 0 })
        .poll('d', [[0, 1, 'b']]),
  },
  {
    rule: 'skipped',
    when: 'part of a transaction is read in a partition',
    script: (history) =>
      history
        .send('p', 0, 'a', { transaction: 't', offset: 1 })
        .send('p', 0, 'b', { transaction: 't', offset: 2 })
        .end('p', 't', 'unknown')
        .poll('c', [
          [0, 1, 'a'],
          [0, 2, 'b'],
        ])
        .assign('d', [0], { startOffset: 0 })
        .poll('d', [[0, 2, 'b']]),
  },
  {
    rule: 'fractured transaction',
    when: 'one partition has its part of a transaction, the other has not',
    script: (history) =>
      history
        .send('p', 0, 'a', { transaction: 't', outcome: 'unknown' })
        .send('p', 1, 'b', { transaction: 't', outcome: 'unknown' })
        .end('p', 't', 'unknown')
        .poll('d', [[1, 0, 'b']])
        .poll('c', [[0, 0, 'a']])
        .readToEnd('c', [0, 1]),
  },
  {
    rule: 'total',
    when: 'money appears',
    script: (history) =>
      history
        .send('p', 0, 'a -5', { outcome: 'unknown' })
        .send('p', 1, 'b 5', { outcome: 'unknown' })
        .poll('c', [[1, 0, 'b 5']])
        .readToEnd('c', [0, 1]),
    options: { totals },
  },
  {
    rule: 'list',
    when: 'a record is under another key to another reader',
    script: (history) =>
      history
        .send('p', 0, 'a', { offset: 0 })
        .send('p', 0, 'b', { offset: 1 })
        .assign('c', [0], { startOffset: 0 })
        .poll('c', [
          [0, 0, 'a', 'k'],
          [0, 1, 'b', 'k'],
        ])
        .assign('d', [0], { startOffset: 0 })
        .poll('d', [
          [0, 0, 'a', 'j'],
          [0, 1, 'b', 'k'],
        ]),
  },
  {
    rule: 'copies',
    when: 'an input is copied twice',
    script: (history) =>
      history
        .send('p', 0, 'a', { topic: 'input' })
        .send('q', 0, 'copy of a', { outcome: 'unknown' })
        .send('q', 1, 'copy of copy of a', { outcome: 'unknown' })
        .poll('c', [
          [0, 0, 'copy of a'],
          [1, 0, 'copy of copy of a'],
        ])
        .readToEnd('c', [0, 1]),
    options: { copied: { ...copied, originOf: (value) => value.replaceAll('copy of ', '') } },
  },
  {
    rule: 'copies',
    when: 'an input is not copied',
    script: (history) => history.send('p', 0, 'a', { topic: 'input' }).readToEnd('c', [0]),
    options: { copied },
  },
  {
    rule: 'delivery below a commit',
    when: 'a group is given again what it has committed',
    script: (history) =>
      history
        .send('p', 0, 'a', { offset: 0 })
        .assign('c', [0], { group: 'g' })
        .poll('c', [[0, 0, 'a']])
        .commit('c', 0, 1)
        .assign('d', [0], { group: 'g' })
        .poll('d', [[0, 0, 'a']]),
  },
  {
    rule: 'delivery beyond commits',
    when: 'a group skips what nobody has committed',
    script: (history) =>
      history
        .send('p', 0, 'a', { offset: 0 })
        .send('p', 0, 'b', { offset: 1 })
        .assign('c', [0], { group: 'g' })
        .poll('c', [[0, 0, 'a']])
        .assign('d', [0], { group: 'g' })
        .poll('d', [[0, 1, 'b']]),
  },
  {
    rule: 'commit ahead',
    when: 'a group commits what it was not given',
    script: (history) =>
      history
        .send('p', 0, 'a', { offset: 0 })
        .assign('c', [0], { group: 'g' })
        .poll('c', [[0, 0, 'a']])
        .commit('c', 0, 3, { outcome: 'unknown' }),
  },
];

test.each(broken)('$rule: $when', ({ rule, script, options }) => {
  const violations = checkHistory(script(new ScriptedHistory()).history, options);
  expect(new Set(violations.map((violation) => violation.rule))).toEqual(new Set([rule]));
});

/** A group that starts at `offset`, after commits up to 1 and 2. */
function startedAt(offset: number): History {
  return new ScriptedHistory()
    .send('p', 0, 'a', { offset: 0 })
    .send('p', 0, 'b', { offset: 1 })
    .assign('c', [0], { group: 'g' })
    .poll('c', [[0, 0, 'a']])
    .commit('c', 0, 1)
    .poll('c', [[0, 1, 'b']])
    .commit('c', 0, 2)
    .assign('d', [0], { group: 'g' })
    .poll('d', [[0, offset, offset === 0 ? 'a' : 'b']]).history;
}

test('a commit that arrives after a newer one may put a group back, where requests arrive late', () => {
  const rulesOf = (offset: number, hasLateRequests: boolean) =>
    checkHistory(startedAt(offset), { hasLateRequests }).map(({ rule }) => rule);
  expect(rulesOf(1, true)).toEqual([]);
  expect(rulesOf(1, false)).toEqual(['delivery below a commit']);
  expect(rulesOf(0, true)).toEqual(['delivery below a commit']);
});

test('every rule has a history that breaks it', () => {
  const all: Record<RuleName, true> = {
    lost: true,
    duplicate: true,
    'aborted read': true,
    phantom: true,
    order: true,
    divergence: true,
    unseen: true,
    'offset went back': true,
    skipped: true,
    'fractured transaction': true,
    total: true,
    list: true,
    copies: true,
    'delivery below a commit': true,
    'delivery beyond commits': true,
    'commit ahead': true,
  };
  expect(new Set(broken.map(({ rule }) => rule))).toEqual(new Set(Object.keys(all)));
});

test('a history in which everything may have happened breaks nothing', () => {
  const history = new ScriptedHistory()
    .send('p', 0, 'a', { offset: 0, key: 'k' })
    .send('p', 0, 'never answered', { outcome: 'unknown', toMs: Infinity })
    .send('t', 0, 'b', { transaction: 't1', offset: 1 })
    .send('t', 1, 'c', { transaction: 't1', offset: 0 })
    .end('t', 't1', 'committed')
    .send('t', 0, 'd', { transaction: 't2', offset: 3 })
    .end('t', 't2', 'aborted')
    .send('t', 0, 'e', { transaction: 't3', outcome: 'unknown' })
    .end('t', 't3', 'unknown')
    .assign('c', [0, 1], { group: 'g' })
    .poll('c', [[0, 0, 'a']])
    .commit('c', 0, 1)
    .assign('d', [0], { group: 'g' })
    .poll('d', [[0, 1, 'b']])
    .assign('u', [0], { startOffset: 0 })
    .poll('u', [[0, 0, 'a']], 'read_uncommitted')
    .poll(
      'u',
      [
        [0, 1, 'b'],
        [0, 3, 'd'],
      ],
      'read_uncommitted',
    )
    .assign('final', [0, 1], { startOffset: 0 })
    .poll('final', [
      [0, 0, 'a'],
      [0, 1, 'b'],
      [1, 0, 'c'],
    ])
    .readToEnd('final', [0, 1]).history;
  expect(checkHistory(history)).toEqual([]);
});

test('a verdict names place, record, and the events with their times', () => {
  const history = new ScriptedHistory()
    .send('producer-1', 0, 'a', { offset: 0 })
    .send('producer-2', 0, 'b', { offset: 1 })
    .poll('reader', [[0, 1, 'b']]).history;
  expect(checkHistory(history).map(describeViolation)).toEqual([
    [
      'lost: orders-0@0: "a" was acknowledged and never read, but offset 1 was',
      '    #0 0.0..1.0 ms producer-1 sent "a" to orders-0: done @0',
      '    #2 4.0..5.0 ms reader polled 1 (read_committed): orders-0@1..1',
    ].join('\n'),
  ]);
});
