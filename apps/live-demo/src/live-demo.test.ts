import { memoryHost, silentLogger, type Host } from '@millrace/host';
import { describe, expect, test } from 'vitest';
import { DelayBoard } from './delay-board.ts';
import { readFlights } from './flight.ts';
import { LiveDemo } from './live-demo.ts';
import type { Snapshot } from './screen.ts';

/** Runs the demo until `enough`, stops it, and returns the last thing it showed. */
async function runUntil(
  host: Host,
  enough: (snapshot: Snapshot) => boolean,
): Promise<{ last: Snapshot; restored: number }> {
  const stop = new AbortController();
  await using demo = await LiveDemo.start({
    host,
    logger: silentLogger,
    listen: '127.0.0.1:0',
    dataDirectory: '/live-demo',
    recordsPerSecond: 20_000,
    signal: stop.signal,
  });
  const work = demo.run();
  let last = await demo.snapshot();
  while (!enough(last)) {
    await new Promise<void>((resolve) => host.timers.defer(resolve));
    last = await demo.snapshot();
  }
  stop.abort();
  await work;
  return { last, restored: demo.restored };
}

const flightsOnBoard = (snapshot: Snapshot) =>
  snapshot.busiest.reduce((sum, { flights }) => sum + flights, 0);

describe('the live demo', () => {
  test('streams the flights, and continues from the stored data when it is started again', async () => {
    const host = memoryHost();
    const first = await runUntil(host, (snapshot) => snapshot.sent > 2000 && flightsOnBoard(snapshot) > 500);
    expect(first.restored).toBe(0);
    expect(first.last.sent).toBeLessThan(first.last.available);

    const second = await runUntil(
      host,
      (snapshot) => snapshot.sent === snapshot.available && isCaughtUp(snapshot),
    );
    expect(second.restored).toBeGreaterThan(500);
    expect(second.last.partitions.reduce((sum, { logEndOffset }) => sum + logEndOffset, 0)).toBe(20_000);
    expect(second.last.busiest).toEqual(await busiestOfAllFlights());

    const third = await runUntil(host, () => true);
    expect(third.restored).toBe(20_000);
    expect(third.last.busiest).toEqual(second.last.busiest);
  });
});

async function busiestOfAllFlights() {
  const board = new DelayBoard();
  for (const flight of await readFlights()) board.add(flight);
  return board.busiest(10);
}

function isCaughtUp({ partitions }: Snapshot): boolean {
  return partitions.every(({ logEndOffset, committedOffset }) => logEndOffset === committedOffset);
}
