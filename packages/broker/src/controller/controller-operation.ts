import type { Random } from '@millrace/host';
import type { BrokerConfig } from '../config/broker-config.ts';
import type { ClusterImage } from '../metadata/cluster-image.ts';
import type { MetadataRecord } from '../metadata/metadata-record.ts';
import type { BrokerLiveness } from './broker-liveness.ts';

/** What a controller operation may look at. */
export interface ControllerState {
  /** Includes records that are appended but not committed yet: operations build on each other. */
  readonly image: ClusterImage;
  readonly nodeId: number;
  readonly config: BrokerConfig;
  /** Offset that the first record of this operation will get. */
  readonly nextOffset: number;
  /** A random id that is not in use and that command lines can take. */
  newUuid(): string;
  /** For choices that do not matter, such as where a rotation begins. */
  readonly random: Random;
  /** Monotonic milliseconds. */
  readonly nowMs: number;
  /** Soft state of the active controller; new with each activation. */
  readonly liveness: BrokerLiveness;
}

/** What an operation decides: records that make it so, and the answer once they are committed. */
export interface ControllerResult<Response> {
  readonly records: readonly MetadataRecord[];
  readonly response: Response;
  /**
   * Records that stand for themselves, one by one: more than fit into a batch may be written as several. Without it
   * they become true together or not at all.
   */
  readonly mayBeSplit?: boolean;
}

/** A pure function of the state; the same state and request give the same records. */
export type ControllerOperation<Response> = (state: ControllerState) => ControllerResult<Response>;
