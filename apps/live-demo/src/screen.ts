import type { AirportDelays } from './delay-board.ts';

/** Everything the live view shows, taken at one moment. */
export interface Snapshot {
  readonly listen: string;
  readonly dataDirectory: string;
  readonly topic: string;
  readonly group: string;
  readonly recordsInPerSecond: number;
  readonly recordsOutPerSecond: number;
  readonly sent: number;
  readonly available: number;
  readonly partitions: readonly PartitionProgress[];
  readonly airports: number;
  readonly lastDate: string;
  readonly busiest: readonly AirportDelays[];
}

export interface PartitionProgress {
  readonly partition: number;
  readonly logStartOffset: number;
  readonly logEndOffset: number;
  readonly committedOffset: number;
}

const BAR_WIDTH = 24;

/** The live view as text, at most `columns` wide. */
export function renderScreen(snapshot: Snapshot, columns: number): string {
  const lines = [
    `Millrace on ${snapshot.listen}   data in ${snapshot.dataDirectory}`,
    '',
    `flights ${progressBar(snapshot.sent, snapshot.available)} ${snapshot.sent} of ${snapshot.available}`,
    `in ${perSecond(snapshot.recordsInPerSecond)}   out ${perSecond(snapshot.recordsOutPerSecond)}`,
    '',
    `topic ${snapshot.topic}, group ${snapshot.group}`,
    ' partition     start       end  committed   lag',
    ...snapshot.partitions.map(partitionLine),
    '',
    `delays by airport of origin (${snapshot.airports} airports, departures up to ${snapshot.lastDate || '-'})`,
    ' airport   flights  average delay     worst',
    ...snapshot.busiest.map(airportLine),
    '',
    ...suggestions(snapshot),
    '',
    'Ctrl-C stops it cleanly; starting again continues from the stored data.',
  ];
  return lines.map((line) => line.slice(0, columns)).join('\n');
}

/** One line for logs and pipes, where nobody watches a screen. */
export function renderLine(snapshot: Snapshot): string {
  const lag = snapshot.partitions.reduce(
    (sum, { logEndOffset, committedOffset }) => sum + logEndOffset - committedOffset,
    0,
  );
  const first = snapshot.busiest[0];
  const board =
    first === undefined
      ? ''
      : `, busiest ${first.airport}: ${first.flights} flights, ${first.averageDelayMinutes.toFixed(1)} min late`;
  return (
    `sent ${snapshot.sent} of ${snapshot.available}, in ${perSecond(snapshot.recordsInPerSecond)}, ` +
    `out ${perSecond(snapshot.recordsOutPerSecond)}, lag ${lag}${board}`
  );
}

/** Three commands worth trying next. */
export function suggestions({
  listen,
  topic,
  group,
}: Pick<Snapshot, 'listen' | 'topic' | 'group'>): string[] {
  const server = listen === '127.0.0.1:9092' ? '' : ` --bootstrap-server ${listen}`;
  return [
    'try in another terminal:',
    `  npx millrace consume ${topic}${server} --from beginning --max 5`,
    `  npx millrace group describe ${group}${server}`,
    `  kcat -b ${listen} -t ${topic} -C -o -5 -e`,
  ];
}

function partitionLine({
  partition,
  logStartOffset,
  logEndOffset,
  committedOffset,
}: PartitionProgress): string {
  const cells = [partition, logStartOffset, logEndOffset, committedOffset, logEndOffset - committedOffset];
  const widths = [10, 10, 10, 11, 6];
  return cells.map((cell, index) => String(cell).padStart(widths[index]!)).join('');
}

function airportLine({ airport, flights, averageDelayMinutes, worstDelayMinutes }: AirportDelays): string {
  const average = `${averageDelayMinutes.toFixed(1)} min`;
  return ` ${airport.padEnd(7)}${String(flights).padStart(10)}${average.padStart(15)}${`${worstDelayMinutes} min`.padStart(10)}`;
}

function progressBar(done: number, total: number): string {
  const filled = total === 0 ? 0 : Math.floor((done / total) * BAR_WIDTH);
  return `[${'#'.repeat(filled)}${'.'.repeat(BAR_WIDTH - filled)}]`;
}

function perSecond(rate: number): string {
  return `${Math.round(rate)} records/s`;
}
