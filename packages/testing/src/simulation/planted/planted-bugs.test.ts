import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { allWorkloads } from '../workloads/all-workloads.ts';
import { plantedBugs } from './planted-bugs.ts';

const root = resolve(import.meta.dirname, '../../../../..');

test.each(plantedBugs)('the place of the planted bug $name is there, once', async ({ patches, workload }) => {
  expect(allWorkloads.map(({ name }) => name)).toContain(workload);
  for (const { file, find } of patches) {
    const source = await readFile(resolve(root, file), 'utf8');
    expect(source.split(find).length, file).toBe(2);
  }
});

test('names are unique', () => {
  expect(new Set(plantedBugs.map(({ name }) => name)).size).toBe(plantedBugs.length);
});

/** Each of them takes a process of its own, and seconds: `npm run sim:planted` looks for all. */
test('a planted bug is found by one of a few seeds', () => {
  const bug = plantedBugs.find(({ name }) => name === 'vote-not-persisted')!;
  const directory = resolve(root, 'packages/testing/simulation');
  const parameters = [
    `--import=${resolve(directory, 'plant.ts')}`,
    '--conditions=@millrace/source',
    resolve(directory, 'main.ts'),
    `--planted=${bug.name}`,
    `--workload=${bug.workload}`,
    `--faults=${bug.faults}`,
    // What the product does otherwise makes other runs of the same seeds.
    '--seeds=40',
    '--first',
    '--quiet',
  ];
  const child = spawnSync(process.execPath, parameters, { encoding: 'utf8' });
  // Whichever shows: two leaders of an epoch, or what the second one does to committed records.
  expect(child.stdout).toMatch(
    /^FAILED create-topics seed \d+\n(?:.+\n)*?.*(quorum epoch \d+ has two leaders|everything before \d+ is committed)/m,
  );
}, 120_000);
