import { ProducerEntry } from './producer-entry.ts';
import type { DataBatch, ProducerStates, TransactionMarker } from './producer-states.ts';

/**
 * Producer entries as they will be once everything that was accepted is written. Checks go against these; the states
 * themselves follow the file, so that a snapshot taken at a roll holds exactly what lies before it.
 */
export class InFlightProducers {
  readonly #states: ProducerStates;
  readonly #entries = new Map<number, ProducerEntry>();

  constructor(states: ProducerStates) {
    this.#states = states;
  }

  get(producerId: number): ProducerEntry | undefined {
    return this.#entries.get(producerId) ?? this.#states.get(producerId);
  }

  acceptData(batch: DataBatch): void {
    const entry = this.#own(batch.producerId);
    entry.addBatch(batch.producerEpoch, batch);
    if (batch.isTransactional && entry.currentTransactionFirstOffset < 0) {
      entry.currentTransactionFirstOffset = batch.lastOffset - batch.offsetDelta;
    }
  }

  acceptMarker(marker: TransactionMarker): void {
    const entry = this.#own(marker.producerId);
    entry.updateEpoch(marker.producerEpoch);
    entry.coordinatorEpoch = marker.coordinatorEpoch;
    entry.lastTimestampMs = marker.timestampMs;
    entry.currentTransactionFirstOffset = -1;
  }

  /** Everything that was accepted is written, or nothing of it will be. */
  clear(): void {
    this.#entries.clear();
  }

  #own(producerId: number): ProducerEntry {
    let entry = this.#entries.get(producerId);
    if (entry === undefined) {
      entry = new ProducerEntry(producerId);
      const written = this.#states.get(producerId);
      if (written !== undefined) Object.assign(entry, written, { batches: [...written.batches] });
      this.#entries.set(producerId, entry);
    }
    return entry;
  }
}
