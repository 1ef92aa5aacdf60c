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
