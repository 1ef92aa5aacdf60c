import type { GroupMetadataValue } from '@millrace/protocol/messages/coordinator-records';
import type { GroupMetadataRecord } from '../group-records.ts';
import { invariant } from '../../coordinator/invariant.ts';
import { ClassicGroup } from './classic-group.ts';
import { ClassicMember, NO_ASSIGNMENT } from './classic-member.ts';

/** The record of a group as it is, except for the assignment, which may be that of a leader still to be confirmed. */
export function groupMetadataRecord(
  group: ClassicGroup,
  assignments: ReadonlyMap<string, Buffer>,
): GroupMetadataRecord {
  const value: GroupMetadataValue = {
    protocolType: group.protocolType ?? '',
    generation: group.generation,
    protocol: group.protocolName ?? null,
    leader: group.leaderId ?? null,
    currentStateTimestamp: group.stateTimestampMs,
    members: [...group.members.values()].map((member) => {
      const subscription =
        group.protocolName === undefined ? undefined : member.metadataOf(group.protocolName);
      invariant(
        subscription !== undefined,
        `${member.memberId} of ${group.groupId} lacks the group's protocol`,
      );
      return {
        memberId: member.memberId,
        groupInstanceId: member.instanceId,
        clientId: member.clientId,
        clientHost: member.clientHost,
        rebalanceTimeout: member.rebalanceTimeoutMs,
        sessionTimeout: member.sessionTimeoutMs,
        subscription,
        assignment: assignments.get(member.memberId) ?? NO_ASSIGNMENT,
      };
    }),
  };
  return { type: 'group-metadata', groupId: group.groupId, value };
}

/** The record that reserves the id of a group nobody has joined yet. */
export function newGroupRecord(group: ClassicGroup): GroupMetadataRecord {
  return {
    type: 'group-metadata',
    groupId: group.groupId,
    value: {
      protocolType: '',
      generation: 0,
      protocol: null,
      leader: null,
      currentStateTimestamp: group.stateTimestampMs,
      members: [],
    },
  };
}

export function groupTombstone(groupId: string): GroupMetadataRecord {
  return { type: 'group-metadata', groupId, value: null };
}

/** The present assignments, as `groupMetadataRecord` takes them. */
export function currentAssignments(group: ClassicGroup): ReadonlyMap<string, Buffer> {
  return new Map([...group.members.values()].map(({ memberId, assignment }) => [memberId, assignment]));
}

/** The group that a record describes. It is stable, or empty: other states are never written. */
export function restoreGroup(groupId: string, value: GroupMetadataValue): ClassicGroup {
  const group = new ClassicGroup(groupId, value.members.length === 0 ? 'Empty' : 'Stable');
  group.generation = value.generation;
  group.protocolType = value.protocolType === '' ? undefined : value.protocolType;
  group.protocolName = value.protocol ?? undefined;
  group.stateTimestampMs = value.currentStateTimestamp;
  for (const member of value.members) {
    group.add(
      new ClassicMember({
        memberId: member.memberId,
        instanceId: member.groupInstanceId,
        clientId: member.clientId,
        clientHost: member.clientHost,
        rebalanceTimeoutMs: member.rebalanceTimeout === -1 ? member.sessionTimeout : member.rebalanceTimeout,
        sessionTimeoutMs: member.sessionTimeout,
        protocolType: value.protocolType,
        // Only the chosen protocol is stored. What else the member offers comes with its next JoinGroup.
        protocols:
          value.protocol === null
            ? []
            : [{ name: value.protocol, metadata: Buffer.from(member.subscription) }],
        // Copied: as slices they would keep the buffers of the replay alive.
        assignment: Buffer.from(member.assignment),
      }),
    );
  }
  if (value.leader !== null && group.members.has(value.leader)) group.leaderId = value.leader;
  group.refreshSubscribedTopics();
  return group;
}
