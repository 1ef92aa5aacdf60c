import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** What V8 grants to a process of which it believes that it makes little. */
const LITTLE_GROWTH = '--heap-growing-percent=1';

/** 600,000 objects stay, 200 MB of buffers come and go, as requests do. @returns how often everything was marked */
function markingsOf(prelude: string): number {
  const program = `
    import { PerformanceObserver, constants } from 'node:perf_hooks';
    import { letHeapGrow } from '@millrace/host';
    ${prelude}
    const kept = Array.from({ length: 200_000 }, (_, index) => ({ index, pair: [index, index] }));
    globalThis.gc();
    let markings = 0;
    new PerformanceObserver((list) => {
      for (const { detail } of list.getEntries()) if (detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR) markings++;
    }).observe({ entryTypes: ['gc'] });
    const latest = [];
    for (let turn = 0; turn < 200; turn++) {
      for (let index = 0; index < 100; index++) {
        Buffer.allocUnsafeSlow(10_000);
        latest[index % 50] = Array.from({ length: 200 }, (_, each) => ({ each }));
      }
      await new Promise((resume) => setImmediate(resume));
    }
    await new Promise((resume) => setImmediate(resume));
    process.stdout.write(String(kept.length > 0 ? markings : -1));
  `;
  const flags = [
    LITTLE_GROWTH,
    '--conditions=@millrace/source',
    '--expose-gc',
    '--input-type=module',
    '--eval',
    program,
  ];
  return Number(execFileSync(process.execPath, flags, { cwd: import.meta.dirname, encoding: 'utf8' }));
}

test('a heap that may grow is marked seldom, however much memory comes and goes outside of it', () => {
  expect(markingsOf('')).toBeGreaterThan(3);
  expect(markingsOf('letHeapGrow();')).toBeLessThan(2);
});
