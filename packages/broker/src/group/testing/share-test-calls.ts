import type { ShareHeartbeatCall, ShareHeartbeatReply } from '../share/share-calls.ts';
import { imageOf } from './consumer-test-calls.ts';
import { GroupDriver } from './group-driver.ts';

type Request = ShareHeartbeatCall['request'];

/** A coordinator of a cluster with topic `t` of three partitions. */
export function shareDriver(): GroupDriver {
  return new GroupDriver({}, [], 0, imageOf({ t: 3 }));
}

export function shareBeat(memberId: string, fields: Partial<Request>): ShareHeartbeatCall {
  const request = {
    groupId: 'g',
    memberId,
    memberEpoch: 0,
    rackId: null,
    subscribedTopicNames: null,
    ...fields,
  };
  return { api: 'shareHeartbeat', clientId: 'test', clientHost: '/127.0.0.1', request };
}

export function beat(driver: GroupDriver, memberId: string, fields: Partial<Request>): ShareHeartbeatReply {
  return driver.call(shareBeat(memberId, fields));
}

/** The share coordinator sets up what a heartbeat asked for. */
export function settle(driver: GroupDriver, { initialize }: ShareHeartbeatReply, groupId = 'g'): void {
  if (initialize !== undefined) driver.call({ api: 'shareInitialized', groupId, topics: initialize.topics });
}
