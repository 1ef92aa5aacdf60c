import type { Host, SocketAddress } from '@millrace/host';
import {
  ConsumerGroupDescribeRequest,
  ConsumerGroupDescribeResponse,
} from '@millrace/protocol/messages/consumer-group-describe';
import { DescribeGroupsRequest, DescribeGroupsResponse } from '@millrace/protocol/messages/describe-groups';
import {
  DescribeProducersRequest,
  DescribeProducersResponse,
} from '@millrace/protocol/messages/describe-producers';
import {
  DescribeTransactionsRequest,
  DescribeTransactionsResponse,
} from '@millrace/protocol/messages/describe-transactions';
import { ListGroupsRequest, ListGroupsResponse } from '@millrace/protocol/messages/list-groups';
import {
  ListTransactionsRequest,
  ListTransactionsResponse,
} from '@millrace/protocol/messages/list-transactions';
import { MetadataRequest, MetadataResponse } from '@millrace/protocol/messages/metadata';
import { OffsetFetchRequest, OffsetFetchResponse } from '@millrace/protocol/messages/offset-fetch';
import {
  ShareGroupDescribeRequest,
  ShareGroupDescribeResponse,
} from '@millrace/protocol/messages/share-group-describe';
import {
  StreamsGroupDescribeRequest,
  StreamsGroupDescribeResponse,
} from '@millrace/protocol/messages/streams-group-describe';
import { RawConnection } from '../src/testing/raw-connection.ts';

/** What a node says of itself, a line of JSON for each group, transaction, topic and producer, by a name. */
export type ObservedState = ReadonlyMap<string, string>;

/** Asks everything that is rebuilt from logs at a start. */
export async function observeState(host: Host, address: SocketAddress): Promise<ObservedState> {
  const connection = await RawConnection.open(host, address);
  const lines = new Map<string, string>();
  try {
    await groups(connection, lines);
    await transactions(connection, lines);
    await topics(connection, lines);
  } finally {
    connection.destroy();
  }
  return lines;
}

async function groups(connection: RawConnection, lines: Map<string, string>): Promise<void> {
  const listed = await connection.send({
    request: ListGroupsRequest,
    response: ListGroupsResponse,
    version: 5,
    message: { statesFilter: [], typesFilter: [] },
  });
  for (const { groupId, groupType, groupState } of listed.groups) {
    lines.set(`group ${groupId}`, await groupLine(connection, groupId, groupType, groupState));
    const { groups: offsets } = await connection.send({
      request: OffsetFetchRequest,
      response: OffsetFetchResponse,
      version: 8,
      message: { groups: [{ groupId, memberId: null, memberEpoch: -1, topics: null }], requireStable: false },
    });
    lines.set(`offsets ${groupId}`, sorted(offsets));
  }
}

async function groupLine(
  connection: RawConnection,
  groupId: string,
  type: string,
  state: string,
): Promise<string> {
  if (type === 'classic') {
    // Members of a rebalance under way are in no log: they join again.
    if (state.endsWith('Rebalance')) return 'rebalancing';
    const {
      groups: [group],
    } = await connection.send({
      request: DescribeGroupsRequest,
      response: DescribeGroupsResponse,
      version: 5,
      message: { groups: [groupId], includeAuthorizedOperations: false },
    });
    return sorted({ ...group, members: group!.groupState === 'Stable' ? group!.members : [] });
  }
  if (type === 'streams') {
    const described = await connection.send({
      request: StreamsGroupDescribeRequest,
      response: StreamsGroupDescribeResponse,
      version: 0,
      message: { groupIds: [groupId], includeAuthorizedOperations: false },
    });
    return sorted(described.groups);
  }
  const request = type === 'share' ? ShareGroupDescribeRequest : ConsumerGroupDescribeRequest;
  const response = type === 'share' ? ShareGroupDescribeResponse : ConsumerGroupDescribeResponse;
  const answer = await connection.send({
    request,
    response: response as typeof ConsumerGroupDescribeResponse,
    version: 1,
    message: { groupIds: [groupId], includeAuthorizedOperations: false },
  });
  return sorted(answer.groups);
}

async function transactions(connection: RawConnection, lines: Map<string, string>): Promise<void> {
  const { transactionStates } = await connection.send({
    request: ListTransactionsRequest,
    response: ListTransactionsResponse,
    version: 0,
    message: { stateFilters: [], producerIdFilters: [] },
  });
  for (const { transactionalId } of transactionStates) {
    const answer = await connection.send({
      request: DescribeTransactionsRequest,
      response: DescribeTransactionsResponse,
      version: 0,
      message: { transactionalIds: [transactionalId] },
    });
    lines.set(`transaction ${transactionalId}`, sorted(answer.transactionStates));
  }
}

async function topics(connection: RawConnection, lines: Map<string, string>): Promise<void> {
  const metadata = await connection.send({
    request: MetadataRequest,
    response: MetadataResponse,
    version: 12,
    message: { topics: null, allowAutoTopicCreation: false },
  });
  for (const topic of metadata.topics) {
    lines.set(
      `topic ${topic.name}`,
      sorted({ ...topic, partitions: topic.partitions.map(({ partitionIndex }) => partitionIndex) }),
    );
    if (topic.name!.startsWith('__')) continue;
    const described = await connection.send({
      request: DescribeProducersRequest,
      response: DescribeProducersResponse,
      version: 0,
      message: {
        topics: [
          {
            name: topic.name!,
            partitionIndexes: topic.partitions.map(({ partitionIndex }) => partitionIndex),
          },
        ],
      },
    });
    lines.set(`producers ${topic.name}`, sorted(described.topics));
  }
}

/** JSON in which the order of lists and fields does not matter. */
function sorted(value: unknown): string {
  return JSON.stringify(canonical(value));
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value
      .map((item) => canonical(item))
      .toSorted((a, b) => compare(JSON.stringify(a), JSON.stringify(b)));
  }
  if (Buffer.isBuffer(value)) return value.toString('base64');
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== 'lastTimestamp')
      .toSorted(([a], [b]) => compare(a, b))
      .map(([name, field]) => [name, canonical(field)]),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Lines that differ, both sides of each. */
export function differences(before: ObservedState, after: ObservedState): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names]
    .filter((name) => before.get(name) !== after.get(name))
    .map(
      (name) =>
        `${name}\n  before ${before.get(name) ?? 'nothing'}\n  after  ${after.get(name) ?? 'nothing'}`,
    );
}
