import type { BrokerConfig } from '../config/broker-config.ts';
import type { ClusterImage } from '../metadata/cluster-image.ts';
import type { MetadataRecord } from '../metadata/metadata-record.ts';

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
}

/** What an operation decides: records that make it so, and the answer once they are committed. */
export interface ControllerResult<Response> {
  readonly records: readonly MetadataRecord[];
  readonly response: Response;
}

/** A pure function of the state; the same state and request give the same records. */
export type ControllerOperation<Response> = (state: ControllerState) => ControllerResult<Response>;
