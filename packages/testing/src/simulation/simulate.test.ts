import { expect, test } from 'vitest';
import { RunStory } from './run-story.ts';
import { simulate } from './simulate.ts';
import { allWorkloads } from './workloads/all-workloads.ts';
import { appendLists } from './workloads/append-lists.ts';

const SEEDS = Array.from({ length: 8 }, (_, seed) => seed);

test.each(SEEDS)('one node keeps its promises under all faults (seed %i)', async (seed) => {
  const workload = allWorkloads[seed % allWorkloads.length]!;
  const report = await simulate({ seed, workload, faults: 'all', brokers: 1 });
  expect(report.problems).toEqual([]);
  // Topics that come and go have no history of their own.
  expect(report.steps).toBeGreaterThan(1000);
});

test('a seed is one run, and tells its story', async () => {
  const stories = [new RunStory(), new RunStory()];
  const [first, second] = await Promise.all(
    stories.map(({ onFault, onEvent, loggerOf }) =>
      simulate({ seed: 3, workload: appendLists, faults: 'all', brokers: 1, onFault, onEvent, loggerOf }),
    ),
  );
  expect(second!.trace).toBe(first!.trace);
  expect(stories[1]!.text).toBe(stories[0]!.text);
  expect(stories[0]!.text).toContain('==== healed');
});

test('power losses without fsync are found out', async () => {
  const reports = [];
  for (let seed = 0; seed < 4; seed++) {
    const properties = { 'log.flush.interval.messages': 1_000_000 };
    reports.push(await simulate({ seed, workload: appendLists, faults: 'power', brokers: 1, properties }));
  }
  expect(reports.flatMap(({ problems }) => problems).join('\n')).toMatch(
    /^(lost|unseen|divergence|order): lists-/m,
  );
});
