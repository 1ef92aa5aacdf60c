import { describe, expect, test } from 'vitest';
import { renderLine, renderScreen, type Snapshot } from './screen.ts';

const snapshot: Snapshot = {
  listen: '127.0.0.1:9092',
  dataDirectory: '.millrace/live-demo',
  topic: 'flights',
  group: 'delay-board',
  recordsInPerSecond: 249.6,
  recordsOutPerSecond: 250.4,
  sent: 5000,
  available: 20_000,
  partitions: [{ partition: 0, logStartOffset: 0, logEndOffset: 5000, committedOffset: 4900 }],
  airports: 2,
  lastDate: '2001/01/20 12:00',
  busiest: [{ airport: 'ORD', flights: 300, averageDelayMinutes: 12.34, worstDelayMinutes: 180 }],
};

describe('the screen', () => {
  test('shows rates, progress, partitions with lag, the board and what to try next', () => {
    expect(renderScreen(snapshot, 100)).toMatchInlineSnapshot(`
      "Millrace on 127.0.0.1:9092   data in .millrace/live-demo

      flights [######..................] 5000 of 20000
      in 250 records/s   out 250 records/s

      topic flights, group delay-board
       partition     start       end  committed   lag
               0         0      5000       4900   100

      delays by airport of origin (2 airports, departures up to 2001/01/20 12:00)
       airport   flights  average delay     worst
       ORD           300       12.3 min   180 min

      try in another terminal:
        npx millrace consume flights --from beginning --max 5
        npx millrace group describe delay-board
        kcat -b 127.0.0.1:9092 -t flights -C -o -5 -e

      Ctrl-C stops it cleanly; starting again continues from the stored data."
    `);
  });

  test('never writes past the right edge', () => {
    expect(
      Math.max(
        ...renderScreen(snapshot, 40)
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBe(40);
  });

  test('names the server in the suggestions where it is not the default', () => {
    expect(renderScreen({ ...snapshot, listen: '127.0.0.1:9192' }, 200)).toContain(
      '--bootstrap-server 127.0.0.1:9192',
    );
  });

  test('says it in one line where nobody watches', () => {
    expect(renderLine(snapshot)).toBe(
      'sent 5000 of 20000, in 250 records/s, out 250 records/s, lag 100, busiest ORD: 300 flights, 12.3 min late',
    );
  });
});
