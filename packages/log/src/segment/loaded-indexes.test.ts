import { expect, test } from 'vitest';
import { LoadedIndexes } from './loaded-indexes.ts';

test('unloads what was not used for longest, and never the one that is being used', () => {
  const unloaded: string[] = [];
  const owner = (name: string) => ({ unloadIndex: () => void unloaded.push(name) });
  const [a, b, c] = [owner('a'), owner('b'), owner('c')];
  const indexes = new LoadedIndexes(100);
  indexes.markUsed(a, 40);
  indexes.markUsed(b, 40);
  indexes.markUsed(a, 40);
  indexes.markUsed(c, 40);
  expect(unloaded).toEqual(['b']);
  expect(indexes.sizeBytes).toBe(80);
  indexes.markUsed(b, 500);
  expect(unloaded).toEqual(['b', 'a', 'c']);
  indexes.forget(b);
  expect(indexes.sizeBytes).toBe(0);
});
