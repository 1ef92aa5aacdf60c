import {
  ConsumerGroupHeartbeatRequest,
  ConsumerGroupHeartbeatResponse,
} from '@millrace/protocol/messages/consumer-group-heartbeat';
import { HeartbeatRequest, HeartbeatResponse } from '@millrace/protocol/messages/heartbeat';
import { JoinGroupRequest, JoinGroupResponse } from '@millrace/protocol/messages/join-group';
import { LeaveGroupRequest, LeaveGroupResponse } from '@millrace/protocol/messages/leave-group';
import { SyncGroupRequest, SyncGroupResponse } from '@millrace/protocol/messages/sync-group';
import { defineApi } from '../../cluster/api.ts';

export const JOIN_GROUP = defineApi(JoinGroupRequest, JoinGroupResponse);
export const SYNC_GROUP = defineApi(SyncGroupRequest, SyncGroupResponse);
export const HEARTBEAT = defineApi(HeartbeatRequest, HeartbeatResponse);
export const CONSUMER_GROUP_HEARTBEAT = defineApi(
  ConsumerGroupHeartbeatRequest,
  ConsumerGroupHeartbeatResponse,
);
export const LEAVE_GROUP = defineApi(LeaveGroupRequest, LeaveGroupResponse);

/** From this version on a member may be static, and LeaveGroup takes a list of members. */
export const FIRST_LEAVE_VERSION_WITH_MEMBERS = 3;
