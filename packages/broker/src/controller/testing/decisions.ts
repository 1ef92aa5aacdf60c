import { SeededRandom, silentLogger } from '@millrace/host';
import type { BrokerConfig } from '../../config/broker-config.ts';
import { parseBrokerProperties } from '../../config/parse-broker-properties.ts';
import { MAX_RECORDS_PER_BATCH } from '../../metadata/metadata-batch.ts';
import type { ClusterImage } from '../../metadata/cluster-image.ts';
import { emptyImage, ImageBuilder } from '../../metadata/image-builder.ts';
import type { MetadataRecord } from '../../metadata/metadata-record.ts';
import { BrokerLiveness } from '../broker-liveness.ts';
import type { ControllerOperation } from '../controller-operation.ts';

/** The controller without its log: operations applied as soon as they are decided. */
export class Decisions {
  readonly config: BrokerConfig;
  readonly records: MetadataRecord[] = [];
  image: ClusterImage = emptyImage;
  /** Monotonic. */
  nowMs = 1_000_000;
  liveness = new BrokerLiveness(this.nowMs);
  readonly #random = new SeededRandom('decisions');
  #ids = 100;

  constructor(properties: Readonly<Record<string, string>> = {}) {
    this.config = parseBrokerProperties(properties, silentLogger).config;
  }

  run<Response>(operation: ControllerOperation<Response>): Response {
    return this.decide(operation).response;
  }

  /** Runs an operation; says what it wrote as well. */
  decide<Response>(operation: ControllerOperation<Response>) {
    const { records, response, mayBeSplit } = operation({
      image: this.image,
      nodeId: 1,
      config: this.config,
      nextOffset: this.records.length,
      newUuid: () => this.newUuid(),
      random: this.#random,
      nowMs: this.nowMs,
      liveness: this.liveness,
    });
    if (records.length > MAX_RECORDS_PER_BATCH && mayBeSplit !== true) {
      throw new Error(`${records.length} records do not fit into one batch`);
    }
    this.write(...records);
    return { records, response };
  }

  /** Applies records as if somebody had decided them. */
  write(...records: readonly MetadataRecord[]): void {
    const builder = new ImageBuilder(this.image);
    for (const record of records) {
      builder.apply(record, this.records.length, 0);
      this.records.push(record);
    }
    this.image = builder.build();
  }

  /** Ids in a row, the first is that of 100. */
  newUuid(): string {
    return Buffer.from((this.#ids++).toString(16).padStart(32, '0'), 'hex').toString('base64url');
  }
}
