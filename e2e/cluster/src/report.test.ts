import { expect, test } from 'vitest';
import { quantile, reportLines } from './report.ts';

const round = { name: 'kill -9 of a leader', tookMs: 900, lost: 0, duplicated: 0, reordered: 0 };
const sound = {
  rounds: [{ ...round, leaderlessMs: 300 }],
  acknowledged: 5,
  read: 5,
  unwantedEnds: 0,
  problems: [],
};

test('the quantile of few values is one of them', () => {
  expect([0.5, 0.9, 1].map((share) => quantile([30, 10, 20], share))).toEqual([20, 30, 30]);
});

test('the verdict is in the last line', () => {
  expect(reportLines('Millrace', sound).at(-1)).toContain('nothing lost, doubled or reordered in 1 rounds');
});

test('a problem of any kind is in the verdict', () => {
  const lines = reportLines('Millrace', { ...sound, problems: ['kafkajs: its consumer has crashed'] });
  expect(lines.at(-1)).toContain('1 PROBLEMS');
  expect(lines.join('\n')).toContain('kafkajs: its consumer has crashed');
});
