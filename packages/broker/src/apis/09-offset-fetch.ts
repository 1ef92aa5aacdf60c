import { ApiKey, ErrorCode, ZERO_UUID } from '@millrace/protocol';
import {
  OffsetFetchRequest,
  OffsetFetchResponse,
  type OffsetFetchRequestGroup,
  type OffsetFetchResponseInput,
} from '@millrace/protocol/messages/offset-fetch';
import type { FetchedTopic, FetchReply, FetchTopic } from '../group/group-calls.ts';
import type { TopicsImage } from '../metadata/cluster-image.ts';
import { isAllowed } from './access.ts';
import { defineHandler, type RequestContext } from './handler.ts';

const FIRST_WITH_TOP_LEVEL_ERROR = 2;
const FIRST_WITH_GROUPS = 8;
const FIRST_BY_ID = 10;

/** A topic as requests name it: by name, or by id from version 10 on. */
interface RequestedTopic {
  readonly name: string;
  readonly topicId?: string;
  readonly partitionIndexes: readonly number[];
}

/** A group of a request; who asks is told from version 9 on. */
interface RequestedGroup {
  readonly groupId: string;
  readonly topics: readonly RequestedTopic[] | null;
  readonly memberId?: string | null;
  readonly memberEpoch?: number;
}

export const offsetFetch = defineHandler({
  key: ApiKey.OFFSET_FETCH,
  minVersion: 1,
  maxVersion: 10,
  request: OffsetFetchRequest,
  response: OffsetFetchResponse,

  async handle(request, context) {
    if (context.version < FIRST_WITH_GROUPS) {
      const reply = await fetchGroup(request, request.requireStable, context);
      return singleGroupResponse(request, reply, context.version);
    }
    const groups = request.groups.map((group) => groupResponse(group, request.requireStable, context));
    return { throttleTimeMs: 0, groups: await Promise.all(groups) };
  },

  fail({ errorCode }, request, { version }) {
    if (version < FIRST_WITH_GROUPS) return singleGroupResponse(request, { errorCode, topics: [] }, version);
    return {
      throttleTimeMs: 0,
      groups: request.groups.map(({ groupId }) => ({ groupId, topics: [], errorCode })),
    };
  },
});

async function groupResponse(
  group: OffsetFetchRequestGroup,
  requireStable: boolean,
  context: RequestContext,
) {
  return { groupId: group.groupId, ...(await fetchGroup(group, requireStable, context)) };
}

/** Versions 1 to 7 ask for one group, and version 1 has no place for an error but the partitions. */
function singleGroupResponse(
  request: OffsetFetchRequest,
  reply: FetchReply,
  version: number,
): OffsetFetchResponseInput {
  const { errorCode } = reply;
  if (version >= FIRST_WITH_TOP_LEVEL_ERROR || errorCode === ErrorCode.NONE) {
    return { throttleTimeMs: 0, ...reply };
  }
  return {
    throttleTimeMs: 0,
    topics: (request.topics ?? []).map((topic) => unreadable(topic, errorCode)),
  };
}

async function fetchGroup(
  group: RequestedGroup,
  requireStable: boolean,
  context: RequestContext,
): Promise<FetchReply> {
  const { version, broker } = context;
  const { groupId, topics: requested, memberId = null, memberEpoch = -1 } = group;
  if (!isAllowed(context, 'DESCRIBE', 'GROUP', groupId)) {
    return { errorCode: ErrorCode.GROUP_AUTHORIZATION_FAILED, topics: [] };
  }
  const mayDescribe = (name: string) => isAllowed(context, 'DESCRIBE', 'TOPIC', name);
  const asked = { api: 'fetch', groupId, memberId, memberEpoch, requireStable } as const;
  const { topics: image } = broker.image;
  const isById = version >= FIRST_BY_ID;
  if (requested === null) {
    const reply = await broker.groups.call(groupId, { ...asked, topics: null });
    const topics = currentTopics(reply.topics, image, isById).filter(({ name }) => mayDescribe(name));
    return { ...reply, topics };
  }
  const known: FetchTopic[] = [];
  const unknown: FetchedTopic[] = [];
  for (const topic of requested) {
    const found = isById ? image.byId.get(topic.topicId ?? ZERO_UUID) : image.byName.get(topic.name);
    if (isById && found === undefined) unknown.push(unreadable(topic, ErrorCode.UNKNOWN_TOPIC_ID));
    else if (!mayDescribe(found?.name ?? topic.name))
      unknown.push(unreadable(topic, ErrorCode.TOPIC_AUTHORIZATION_FAILED));
    else known.push({ ...topic, name: found?.name ?? topic.name, topicId: found?.id ?? ZERO_UUID });
  }
  const reply = await broker.groups.call(groupId, { ...asked, topics: known });
  return reply.errorCode === ErrorCode.NONE ? { ...reply, topics: [...reply.topics, ...unknown] } : reply;
}

/** Leaves out offsets of topics that were deleted and made anew since, and topics without an id where ids are asked for. */
function currentTopics(topics: readonly FetchedTopic[], image: TopicsImage, isById: boolean): FetchedTopic[] {
  return topics.flatMap((topic) => {
    const current = image.byName.get(topic.name);
    if (current === undefined) return isById ? [] : [topic];
    const isOther = topic.topicId !== ZERO_UUID && topic.topicId !== current.id;
    return isOther ? [] : [{ ...topic, topicId: current.id }];
  });
}

function unreadable({ name, topicId, partitionIndexes }: RequestedTopic, errorCode: number): FetchedTopic {
  return {
    name,
    topicId: topicId ?? ZERO_UUID,
    partitions: partitionIndexes.map((partitionIndex) => ({
      partitionIndex,
      committedOffset: -1,
      committedLeaderEpoch: -1,
      metadata: '',
      errorCode,
    })),
  };
}
