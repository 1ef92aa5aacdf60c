import {
  FindCoordinatorRequest,
  FindCoordinatorResponse,
} from '@millrace/protocol/messages/find-coordinator';
import type { RawConnection } from '../../testing/raw-connection.ts';
import { createTopic } from '../../testing/requests.ts';
import { shareStateApis } from '../state/share-state-apis.ts';

interface Results<Result> {
  readonly results: readonly { readonly partitions: readonly Result[] }[];
}

/** What the leader of a partition, or a group coordinator, asks a share coordinator about partition 0. */
export class ShareStateClient {
  readonly groupId: string;
  readonly #connection: RawConnection;
  readonly #topicId: string;

  private constructor(connection: RawConnection, topicId: string, groupId: string) {
    this.#connection = connection;
    this.#topicId = topicId;
    this.groupId = groupId;
  }

  static async prepare(connection: RawConnection): Promise<ShareStateClient> {
    const topicId = await createTopic(connection, 't');
    await connection.send({
      request: FindCoordinatorRequest,
      response: FindCoordinatorResponse,
      version: 6,
      message: { keyType: 2, coordinatorKeys: [`g:${topicId}:0`] },
    });
    return new ShareStateClient(connection, topicId, 'g');
  }

  of(groupId: string): ShareStateClient {
    return new ShareStateClient(this.#connection, this.#topicId, groupId);
  }

  async initialize(startOffset: number, stateEpoch = 1) {
    return first(
      await this.#connection.send({
        ...shareStateApis.initialize,
        version: 0,
        message: this.#about({ stateEpoch, startOffset }),
      }),
    );
  }

  async write(
    [firstOffset, lastOffset]: readonly [number, number],
    { leaderEpoch = 0, stateEpoch = 1, version = 1 } = {},
  ) {
    const stateBatches = [{ firstOffset, lastOffset, deliveryState: 2, deliveryCount: 1 }];
    const deliveryCompleteCount = lastOffset - firstOffset + 1;
    return first(
      await this.#connection.send({
        ...shareStateApis.write,
        version,
        message: this.#about({
          stateEpoch,
          leaderEpoch,
          startOffset: -1,
          deliveryCompleteCount,
          stateBatches,
        }),
      }),
    );
  }

  async read(leaderEpoch = 0) {
    return first(
      await this.#connection.send({
        ...shareStateApis.read,
        version: 0,
        message: this.#about({ leaderEpoch }),
      }),
    );
  }

  async summary(version = 1) {
    return first(
      await this.#connection.send({
        ...shareStateApis.summary,
        version,
        message: this.#about({ leaderEpoch: 0 }),
      }),
    );
  }

  async delete() {
    return first(
      await this.#connection.send({
        ...shareStateApis.delete,
        version: 0,
        message: this.#about({}),
      }),
    );
  }

  #about<Partition>(partition: Partition) {
    const topics = [{ topicId: this.#topicId, partitions: [{ partition: 0, ...partition }] }];
    return { groupId: this.groupId, topics };
  }
}

/** Nothing when the answer is about no partition. */
function first<Result>({ results }: Results<Result>): Result | undefined {
  return results[0]?.partitions[0];
}
