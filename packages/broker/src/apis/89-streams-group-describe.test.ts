import { ErrorCode } from '@millrace/protocol';
import { ListGroupsRequest, ListGroupsResponse } from '@millrace/protocol/messages/list-groups';
import {
  StreamsGroupDescribeRequest,
  StreamsGroupDescribeResponse,
} from '@millrace/protocol/messages/streams-group-describe';
import {
  StreamsGroupHeartbeatRequest,
  StreamsGroupHeartbeatResponse,
} from '@millrace/protocol/messages/streams-group-heartbeat';
import { expect, it } from 'vitest';
import { GroupSession, TOPIC } from '../group/testing/group-session.ts';
import { joiningStreamsCall, subtopology } from '../group/testing/streams-test-calls.ts';

const VERSION = 0;

it('StreamsGroupDescribe shows topology, members and their tasks, and says which groups there are not', async () => {
  await using session = await GroupSession.open();
  const topology = { epoch: 4, subtopologies: [subtopology({ sourceTopics: [TOPIC] })] };
  const clientTags = [{ key: 'zone', value: 'z' }];
  const userEndpoint = { host: 'h', port: 80 };
  await session.connection.send({
    request: StreamsGroupHeartbeatRequest,
    response: StreamsGroupHeartbeatResponse,
    version: VERSION,
    message: joiningStreamsCall('m', { groupId: 'app', topology, clientTags, userEndpoint, rackId: 'r' })
      .request,
  });
  const { groups } = await session.connection.send({
    request: StreamsGroupDescribeRequest,
    response: StreamsGroupDescribeResponse,
    version: VERSION,
    message: { groupIds: ['app', 'nobody', ''], includeAuthorizedOperations: true },
  });
  const tasks = {
    activeTasks: [{ subtopologyId: '0', partitions: [0, 1, 2] }],
    standbyTasks: [],
    warmupTasks: [],
  };
  expect(groups.find(({ groupId }) => groupId === 'app')).toMatchObject({
    errorCode: ErrorCode.NONE,
    groupState: 'Stable',
    groupEpoch: 2,
    assignmentEpoch: 2,
    topology: { epoch: 4, subtopologies: [{ subtopologyId: '0', sourceTopics: [TOPIC] }] },
    members: [
      {
        memberId: 'm',
        memberEpoch: 2,
        rackId: 'r',
        clientHost: '/127.0.0.1',
        topologyEpoch: 4,
        processId: 'process-m',
        userEndpoint,
        clientTags,
        assignment: tasks,
        targetAssignment: tasks,
      },
    ],
    authorizedOperations: 3400,
  });
  expect(groups.filter(({ groupId }) => groupId !== 'app')).toMatchObject([
    { errorCode: ErrorCode.INVALID_GROUP_ID },
    { errorCode: ErrorCode.GROUP_ID_NOT_FOUND, errorMessage: 'Group nobody not found.' },
  ]);
  const listed = await session.connection.send({
    request: ListGroupsRequest,
    response: ListGroupsResponse,
    version: 5,
    message: { statesFilter: [], typesFilter: ['Streams'] },
  });
  expect(listed.groups).toEqual([
    { groupId: 'app', protocolType: 'streams', groupState: 'Stable', groupType: 'streams' },
  ]);
});
