import type { Host } from '@millrace/host';
import { ErrorCode } from '@millrace/protocol';
import { coordinatorNode, NO_NODE } from '../../coordinator/coordinator-node.ts';
import type { NodeChannels } from '../../coordinator/node-channels.ts';
import type { ClusterImage } from '../../metadata/cluster-image.ts';
import { SHARE_STATE_TOPIC } from '../../metadata/topic-names.ts';
import { RemoteShareStates } from './remote-share-states.ts';
import type { ShareCoordinator } from './share-coordinator.ts';
import { coordinatorKey } from './share-partition-key.ts';
import type { KeyedShareStateCall, ShareStateReplies, ShareStateReply } from './share-state-calls.ts';
import { refuseShareStateCall } from './share-state-refusal.ts';

export interface ShareStatesOptions {
  readonly host: Host;
  readonly nodeId: number;
  readonly image: () => Pick<ClusterImage, 'topics'>;
  /** Of this node. */
  readonly coordinator: ShareCoordinator;
  /** To the coordinators on other nodes. */
  readonly channels: () => NodeChannels;
}

/** Kafka's `share.coordinator.write.timeout.ms`: for so long a call follows a coordinator that moves. */
const RETRY_LIMIT_MS = 5000;
const FIRST_RETRY_MS = 10;
const LONGEST_RETRY_MS = 500;

/** The coordinator moves, loads, or has to wait for replicas. */
const passing: ReadonlySet<number> = new Set([
  ErrorCode.NOT_COORDINATOR,
  ErrorCode.COORDINATOR_NOT_AVAILABLE,
  ErrorCode.COORDINATOR_LOAD_IN_PROGRESS,
]);

/**
 * What share coordinators keep, wherever they are: brings each call to the node that coordinates its share partition, and
 * to the next one when that changes. Every call may be repeated, so nobody has to know whether one without an answer had
 * an effect.
 */
export class ShareStates {
  readonly #options: ShareStatesOptions;
  readonly #remote: RemoteShareStates;
  #isClosed = false;

  constructor(options: ShareStatesOptions) {
    this.#options = options;
    this.#remote = new RemoteShareStates(options.channels);
  }

  /** Never rejects: a coordinator that cannot be reached is one that is not available. */
  async call<Call extends KeyedShareStateCall>(call: Call): Promise<ShareStateReplies[Call['api']]> {
    const { clock } = this.#options.host;
    const deadlineMs = clock.monotonicMs() + RETRY_LIMIT_MS;
    for (let delayMs = FIRST_RETRY_MS; ; delayMs = Math.min(LONGEST_RETRY_MS, 2 * delayMs)) {
      const reply = await this.#callOnce(call);
      const isLast = clock.monotonicMs() + delayMs > deadlineMs || !this.#hasCoordinators || this.#isClosed;
      // A call is answered with the reply of its own kind.
      if (isLast || !passing.has(reply.errorCode)) return reply as ShareStateReplies[Call['api']];
      await this.#pause(delayMs);
    }
  }

  /** Nothing is tried again from now on. */
  close(): void {
    this.#isClosed = true;
  }

  /** Before the internal topic exists nobody coordinates, however often one asks. */
  get #hasCoordinators(): boolean {
    return this.#options.image().topics.byName.has(SHARE_STATE_TOPIC);
  }

  async #callOnce(call: KeyedShareStateCall): Promise<ShareStateReply> {
    const { nodeId, image, coordinator } = this.#options;
    const node = coordinatorNode(image().topics, SHARE_STATE_TOPIC, coordinatorKey(call.key));
    if (node === nodeId || node === NO_NODE) return coordinator.call(call);
    try {
      return await this.#remote.call(node, call);
    } catch {
      return refuseShareStateCall(call, ErrorCode.COORDINATOR_NOT_AVAILABLE);
    }
  }

  #pause(delayMs: number): Promise<void> {
    return new Promise((resolve) =>
      this.#options.host.timers.schedule(delayMs, resolve, { background: true }),
    );
  }
}
