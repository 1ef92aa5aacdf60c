import { memoryHost } from '@millrace/host';
import { expect, test } from 'vitest';
import { CommitLog } from './commit-log.ts';

async function valuesOf(
  records: AsyncIterable<{ readonly value: Buffer | null }>,
): Promise<(string | undefined)[]> {
  const values: (string | undefined)[] = [];
  for await (const { value } of records) values.push(value?.toString());
  return values;
}

test('appends, reads from any offset, and finds everything again', async () => {
  const host = memoryHost();
  const log = await CommitLog.open('/log', { host, compression: 'zstd' });
  expect(await log.append({ key: 'a', value: 'one' })).toBe(0);
  expect(await log.append([{ value: 'two' }, { value: 'three' }])).toBe(1);
  expect(await valuesOf(log.read())).toEqual(['one', 'two', 'three']);
  expect(await valuesOf(log.read({ fromOffset: 2 }))).toEqual(['three']);
  await log.close();
  await using again = await CommitLog.open('/log', { host });
  expect(again.endOffset).toBe(3);
  expect(await valuesOf(again.read())).toEqual(['one', 'two', 'three']);
});

test('follows new records until it is closed', async () => {
  const log = await CommitLog.open('/log', { host: memoryHost() });
  await log.append({ value: 'before' });
  const followed = valuesOf(log.tail());
  for (const value of ['x', 'y', 'z']) await log.append({ value });
  await log.close();
  expect((await followed).slice(0, 1)).toEqual(['before']);
});

test('stops following when the signal aborts', async () => {
  await using log = await CommitLog.open('/log', { host: memoryHost() });
  const abort = new AbortController();
  const seen: (string | undefined)[] = [];
  for (const value of ['a', 'b']) await log.append({ value });
  for await (const record of log.tail({ signal: abort.signal })) {
    seen.push(record.value?.toString());
    if (seen.length === 2) abort.abort();
  }
  expect(seen).toEqual(['a', 'b']);
});

test('begins where records still are', async () => {
  await using log = await CommitLog.open('/log', { host: memoryHost() });
  await log.append([{ value: 'a' }, { value: 'b' }]);
  await log.deleteBefore(1);
  expect(log.startOffset).toBe(1);
  expect(await valuesOf(log.read({ fromOffset: 0 }))).toEqual(['b']);
});

test('says which property is wrong', async () => {
  await expect(
    CommitLog.open('/log', { host: memoryHost(), config: { 'segment.bytes': 5 } }),
  ).rejects.toThrowError('Property "segment.bytes" is 5');
});
