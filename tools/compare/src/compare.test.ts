import { expect, test } from 'vitest';
import { differences } from './differences.ts';
import { findScripts } from './find-scripts.ts';
import { formatVerdict } from './format-verdict.ts';
import { isEqual, judge } from './judge.ts';
import type { CompareScript } from './script.ts';
import { VolatileFields } from './volatile-fields.ts';

const script: CompareScript = { name: 'fetch', title: 'A fetch.', run: () => Promise.resolve() };

test('a differing field is found with its path, and fails the script', () => {
  const kafka = [{ label: 'fetch, v4', answer: { topics: [{ errorCode: 0 }, { errorCode: 3 }] } }];
  const millrace = [{ label: 'fetch, v4', answer: { topics: [{ errorCode: 0 }, { errorCode: 29 }] } }];
  const found = differences(kafka, millrace);
  expect(found).toEqual([{ step: 'fetch, v4', field: 'topics[1].errorCode', kafka: 3, millrace: 29 }]);
  const verdict = judge(script, 1, found);
  expect(isEqual(verdict)).toBe(false);
  expect(formatVerdict(verdict)).toContain('topics[1].errorCode\n    Apache Kafka  3\n    Millrace      29');
});

test('a known difference passes, and fails once it is gone', () => {
  const known = [{ step: 'fetch*', field: 'topics[*].errorCode', reason: 'decided' }];
  const found = [{ step: 'fetch, v4', field: 'topics[1].errorCode', kafka: 3, millrace: 29 }];
  expect(isEqual(judge({ ...script, known }, 1, found))).toBe(true);
  expect(isEqual(judge({ ...script, known }, 1, []))).toBe(false);
  const byChance = known.map((entry) => ({ ...entry, isByChance: true }));
  expect(isEqual(judge({ ...script, known: byChance }, 1, []))).toBe(true);
});

const step = (label: string, answer: unknown) => ({ label, answer });

test('named things are compared by name, in whatever order they come', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((name) => ({
    name,
    partitions: [{ partitionIndex: 0, errorCode: 0 }],
  }));
  expect(differences([step('x', { topics: [a, b] })], [step('x', { topics: [b, a] })])).toEqual([]);
  const found = differences([step('x', { topics: [a, b] })], [step('x', { topics: [c, a] })]);
  expect(found.map(({ field }) => field)).toEqual(['topics[b]', 'topics[c]']);
});

test('a missing item is a difference, and a script that went another way stops there', () => {
  expect(differences([step('a', [1])], [step('a', [1, 2])])).toHaveLength(1);
  expect(differences([step('a', 1), step('b', 1)], [step('a', 1), step('c', 2), step('d', 3)])).toHaveLength(
    1,
  );
});

test('ids, moments and names of a run are compared by their part in the script, not by value', () => {
  const answerOf = (id: string, time: number, name: string): unknown => {
    const fields = new VolatileFields();
    fields.replace(name, 'orders');
    return fields.comparable({ memberId: id, leader: id, timestamp: time, name, throttleTimeMs: time });
  };
  expect(answerOf('x-1', 17, 'orders-1')).toEqual(answerOf('y-2', 23, 'orders-9'));
  expect(answerOf('x-1', 17, 'orders-1')).not.toEqual(answerOf('x-1', -1, 'orders-1'));
});

test('every script in the folder loads and says what it compares', async () => {
  const scripts = await findScripts([]);
  expect(scripts.length).toBeGreaterThan(0);
  for (const { name, title } of scripts) expect(title, name).toMatch(/^[A-Z].*[.]$/);
});
