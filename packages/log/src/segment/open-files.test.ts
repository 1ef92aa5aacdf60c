import { memoryHost } from '@millrace/host';
import { expect, test } from 'vitest';
import { OpenFiles } from './open-files.ts';

test('an operation on an open file begins before use() returns, so that the caller computes beside it', async () => {
  const { disk } = memoryHost();
  await disk.writeFile('/a', 'content');
  const files = new OpenFiles(disk, 1);
  const file = files.file('/a');
  const begun: string[] = [];
  const use = (name: string) =>
    file.use(async () => {
      begun.push(name);
    });
  await use('first');
  const second = use('second');
  expect(begun).toEqual(['first', 'second']);
  await second;

  // Closed meanwhile, it is opened again, which takes a while.
  await files.closeIdle();
  const third = use('third');
  expect(begun).toEqual(['first', 'second']);
  await third;
  expect(begun).toEqual(['first', 'second', 'third']);
  await files.closeIdle();
});
