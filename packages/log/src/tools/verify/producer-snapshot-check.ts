import type { ProducerEntry } from '../../producer/producer-entry.ts';
import type { ProducerStates } from '../../producer/producer-states.ts';

/**
 * How a producer snapshot differs from the states that a rescan of the log arrives at. Producers that the log start
 * has left behind are in snapshots only, and those that expired are in the rescan only; both are right.
 * @param scannedFrom Where the rescan began.
 */
export function compareProducers(
  snapshot: readonly ProducerEntry[],
  scanned: ProducerStates,
  scannedFrom: number,
): string[] {
  const problems = snapshot.flatMap((entry) =>
    compareProducer(entry, scanned.get(entry.producerId), scannedFrom),
  );
  const present = new Set(snapshot.map(({ producerId }) => producerId));
  const absent = scanned.openTransactions().filter(({ producerId }) => !present.has(producerId));
  return [
    ...problems,
    ...absent.map(
      ({ producerId, firstOffset }) =>
        `producer ${producerId} is missing; its transaction is open since offset ${firstOffset}`,
    ),
  ];
}

function compareProducer(
  entry: ProducerEntry,
  scanned: ProducerEntry | undefined,
  scannedFrom: number,
): string[] {
  const name = `producer ${entry.producerId}`;
  if (scanned === undefined) {
    if (entry.lastDataOffset < scannedFrom) return [];
    return [`${name} wrote offset ${entry.lastDataOffset}, but the log holds no batch of it`];
  }
  return comparedFields.flatMap((field) => {
    const [found, expected] = [entry[field], scanned[field]];
    return found === expected ? [] : [`${name} has ${field} ${found}, the log says ${expected}`];
  });
}

const comparedFields = [
  'producerEpoch',
  'lastSequence',
  'lastDataOffset',
  'currentTransactionFirstOffset',
  'coordinatorEpoch',
  'lastTimestampMs',
] as const;
