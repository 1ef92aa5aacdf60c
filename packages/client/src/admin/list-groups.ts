import { ErrorCode } from '@millrace/protocol';
import { ListGroupsRequest, ListGroupsResponse } from '@millrace/protocol/messages/list-groups';
import { defineApi } from '../cluster/api.ts';
import { kafkaFailure } from '../cluster/kafka-failure.ts';
import type { AdminCallOptions, AdminContext } from './admin-context.ts';
import { retryCall } from './retry-call.ts';
import { describeCluster } from './describe-cluster.ts';

const LIST_GROUPS = defineApi(ListGroupsRequest, ListGroupsResponse);

/** A group in a list. */
export interface GroupListing {
  readonly groupId: string;
  /** `consumer`, `connect`, ...; '' for a group that only has committed offsets. */
  readonly protocolType: string;
  /** Kafka's name, for example `Stable`; '' from brokers before Kafka 2.6. */
  readonly state: string;
  /** `classic`, `consumer`, ...; '' from brokers before Kafka 3.8. */
  readonly type: string;
}

/** For `listGroups()`. */
export interface ListGroupsOptions extends AdminCallOptions {
  /** Only groups in one of these states. */
  readonly states?: readonly string[];
  /** Only groups of one of these types. */
  readonly types?: readonly string[];
}

/** Each broker knows the groups it coordinates: all of them are asked. */
export async function listGroups(context: AdminContext, options: ListGroupsOptions): Promise<GroupListing[]> {
  const { brokers } = await describeCluster(context, options);
  const lists = await Promise.all(
    brokers.map(({ id }) =>
      retryCall(context, 'listGroups', options, () => listGroupsOf(context, id, options)),
    ),
  );
  return lists.flat().toSorted((a, b) => (a.groupId < b.groupId ? -1 : 1));
}

async function listGroupsOf(
  { cluster }: AdminContext,
  nodeId: number,
  { states = [], types = [] }: ListGroupsOptions,
): Promise<GroupListing[]> {
  const message = { statesFilter: [...states], typesFilter: [...types] };
  const { response } = await cluster.send({ to: { nodeId }, api: LIST_GROUPS, message });
  if (response.errorCode !== ErrorCode.NONE) {
    throw kafkaFailure(response.errorCode, `Listing the groups of broker ${nodeId}`);
  }
  return response.groups.map(({ groupId, protocolType, groupState, groupType }) => ({
    groupId,
    protocolType,
    state: groupState,
    type: groupType,
  }));
}
