import { BatchedCalls } from '../../coordinator/batched-calls.ts';
import { NODE_ANSWER_TIMEOUT_MS } from '../../coordinator/coordinator-limits.ts';
import type { NodeChannels } from '../../coordinator/node-channels.ts';
import { shareStateApis } from './share-state-apis.ts';
import type {
  DeleteStateCall,
  InitializeStateCall,
  KeyedShareStateCall,
  ReadStateCall,
  ReadSummaryCall,
  ShareStateReply,
  WriteStateCall,
} from './share-state-calls.ts';

/** Share partitions in one request. */
const MAX_PARTITIONS = 1000;
const MAX_WAITING = 10_000;

interface RemoteCall {
  readonly nodeId: number;
  readonly call: KeyedShareStateCall;
}

/** Asks share coordinators on other nodes; what one group wants of one node at a time shares a request. */
export class RemoteShareStates {
  readonly #calls: BatchedCalls<string, RemoteCall, ShareStateReply>;

  constructor(channels: () => NodeChannels) {
    this.#calls = new BatchedCalls({
      maxItems: MAX_PARTITIONS,
      maxWaiting: MAX_WAITING,
      send: (_, items) => send(channels().to(items[0]!.nodeId), items),
    });
  }

  /** @throws PeerUnavailableError, PeerTimeoutError; KafkaError when too much waits for the node */
  call(nodeId: number, call: KeyedShareStateCall): Promise<ShareStateReply> {
    return this.#calls.call(`${nodeId} ${call.api} ${call.key.groupId}`, { nodeId, call });
  }
}

type Channel = ReturnType<NodeChannels['to']>;

const apis = shareStateApis;
const limits = { timeoutMs: NODE_ANSWER_TIMEOUT_MS };

/** All are of one kind, and of one group. */
async function send(channel: Channel, items: readonly RemoteCall[]): Promise<readonly ShareStateReply[]> {
  const calls = items.map(({ call }) => call);
  switch (calls[0]!.api) {
    case 'initialize':
      return repliesOf(
        await channel.send(apis.initialize, requestOf(calls as InitializeStateCall[], initialized), limits),
      );
    case 'read': {
      const answer = await channel.send(apis.read, requestOf(calls as ReadStateCall[], readFields), limits);
      return repliesOf(answer).map(({ stateBatches, ...reply }) => ({ ...reply, batches: stateBatches }));
    }
    case 'write':
      return repliesOf(await channel.send(apis.write, requestOf(calls as WriteStateCall[], written), limits));
    case 'delete':
      return repliesOf(
        await channel.send(apis.delete, requestOf(calls as DeleteStateCall[], noFields), limits),
      );
    case 'summary':
      return repliesOf(
        await channel.send(apis.summary, requestOf(calls as ReadSummaryCall[], summaryFields), limits),
      );
  }
}

const initialized = ({ stateEpoch, startOffset }: InitializeStateCall) => ({ stateEpoch, startOffset });
const readFields = ({ leaderEpoch }: ReadStateCall) => ({ leaderEpoch });
const noFields = () => ({});
/** A summary fences nobody. */
const summaryFields = () => ({ leaderEpoch: -1 });

function written({ stateEpoch, leaderEpoch, startOffset, deliveryCompleteCount, batches }: WriteStateCall) {
  return { stateEpoch, leaderEpoch, startOffset, deliveryCompleteCount, stateBatches: batches };
}

/** One entry for each call, so that the answers come in their order. */
function requestOf<Call extends KeyedShareStateCall, Fields extends object>(
  calls: readonly Call[],
  fieldsOf: (call: Call) => Fields,
) {
  return {
    groupId: calls[0]!.key.groupId,
    topics: calls.map((call) => ({
      topicId: call.key.topicId,
      partitions: [{ partition: call.key.partition, ...fieldsOf(call) }],
    })),
  };
}

function repliesOf<Reply>({
  results,
}: {
  readonly results: readonly { readonly partitions: readonly Reply[] }[];
}): Reply[] {
  return results.flatMap(({ partitions }) => partitions);
}
