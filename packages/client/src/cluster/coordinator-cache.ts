import { ErrorCode } from '@millrace/protocol';
import {
  FindCoordinatorRequest,
  FindCoordinatorResponse,
} from '@millrace/protocol/messages/find-coordinator';
import { defineApi } from './api.ts';
import { kafkaFailure } from './kafka-failure.ts';
import type { MetadataCache } from './metadata-cache.ts';

export const FIND_COORDINATOR = defineApi(FindCoordinatorRequest, FindCoordinatorResponse);

/** Wire values of `FindCoordinatorRequest.keyType`. */
export const coordinatorKeyType = { group: 0, transaction: 1, share: 2 } as const;

export type CoordinatorType = keyof typeof coordinatorKeyType;

/** Sends FindCoordinator to any broker; the message depends on the version that broker speaks. */
export type FindCoordinator = (
  message: (version: number) => Parameters<typeof FindCoordinatorRequest.write>[1],
) => Promise<FindCoordinatorResponse>;

/** Which broker coordinates a group or transaction; looked up once, forgotten when a broker disagrees. */
export class CoordinatorCache {
  readonly #metadata: MetadataCache;
  readonly #find: FindCoordinator;
  readonly #nodeIds = new Map<string, number>();
  readonly #lookups = new Map<string, Promise<number>>();

  constructor(metadata: MetadataCache, find: FindCoordinator) {
    this.#metadata = metadata;
    this.#find = find;
  }

  /** The node id; concurrent calls share one lookup. @throws KafkaError, mostly COORDINATOR_NOT_AVAILABLE (retriable) */
  nodeId(type: CoordinatorType, key: string): Promise<number> {
    const name = `${type}:${key}`;
    const known = this.#nodeIds.get(name);
    if (known !== undefined && this.#metadata.broker(known) !== undefined) return Promise.resolve(known);
    let lookup = this.#lookups.get(name);
    if (lookup === undefined) {
      lookup = this.#lookUp(type, key).finally(() => this.#lookups.delete(name));
      this.#lookups.set(name, lookup);
    }
    return lookup;
  }

  /** To be called on NOT_COORDINATOR, COORDINATOR_NOT_AVAILABLE and lost connections. */
  forget(type: CoordinatorType, key: string): void {
    this.#nodeIds.delete(`${type}:${key}`);
  }

  forgetNode(nodeId: number): void {
    for (const [name, id] of this.#nodeIds) if (id === nodeId) this.#nodeIds.delete(name);
  }

  async #lookUp(type: CoordinatorType, key: string): Promise<number> {
    const keyType = coordinatorKeyType[type];
    const response = await this.#find((version) =>
      version >= 4 ? { key: '', keyType, coordinatorKeys: [key] } : { key, keyType, coordinatorKeys: [] },
    );
    const found = response.coordinators.find((coordinator) => coordinator.key === key) ?? response;
    if (found.errorCode !== ErrorCode.NONE) {
      throw kafkaFailure(
        found.errorCode,
        `Lookup of the coordinator of ${type} "${key}"`,
        found.errorMessage,
      );
    }
    this.#metadata.addBroker({ id: found.nodeId, host: found.host, port: found.port, rack: null });
    this.#nodeIds.set(`${type}:${key}`, found.nodeId);
    return found.nodeId;
  }
}
