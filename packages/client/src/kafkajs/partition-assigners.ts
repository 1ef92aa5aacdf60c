import type { Assignor } from '../consumer/assignors/assignor.ts';
import { AssignerProtocol } from './assigner-protocol.ts';
import type { Logger } from './kafkajs-logger.ts';
import type { PartitionMetadata } from './kafkajs-types.ts';

export interface GroupMember {
  memberId: string;
  memberMetadata: Buffer;
}

export interface GroupMemberAssignment {
  memberId: string;
  memberAssignment: Buffer;
}

export interface Assigner {
  name: string;
  version: number;
  assign(group: { members: GroupMember[]; topics: string[] }): Promise<GroupMemberAssignment[]>;
  protocol(subscription: { topics: string[] }): { name: string; metadata: Buffer };
}

/** As much of kafkajs's cluster as an assigner needs: what partitions there are. */
export interface AssignerCluster {
  findTopicPartitionMetadata(topic: string): PartitionMetadata[];
}

/** A method, so that functions typed for kafkajs's whole cluster are taken as well; they may only ask it for partitions. */
export type PartitionAssigner = {
  create(config: { cluster: AssignerCluster; groupId: string; logger: Logger }): Assigner;
}['create'];

/** Partitions in turn to members in order of their ids; by name and outcome the one of kafkajs, so that groups may be mixed. */
const roundRobin: PartitionAssigner = ({ cluster }) => ({
  name: 'RoundRobinAssigner',
  version: 0,
  async assign({ members, topics }) {
    const memberIds = members.map(({ memberId }) => memberId).toSorted();
    const assignments = new Map<string, Record<string, number[]>>(memberIds.map((id) => [id, {}]));
    const partitions = topics.flatMap((topic) =>
      cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => ({ topic, partitionId })),
    );
    for (const [index, { topic, partitionId }] of partitions.entries()) {
      const assignment = assignments.get(memberIds[index % memberIds.length]!)!;
      (assignment[topic] ??= []).push(partitionId);
    }
    return [...assignments].map(([memberId, assignment]) => ({
      memberId,
      memberAssignment: AssignerProtocol.MemberAssignment.encode({ version: this.version, assignment }),
    }));
  },
  protocol({ topics }) {
    const metadata = AssignerProtocol.MemberMetadata.encode({ version: this.version, topics });
    return { name: this.name, metadata };
  },
});

export const PartitionAssigners = { roundRobin } as const;

/** An assigner of kafkajs as one of ours. */
export function toAssignor(
  create: PartitionAssigner,
  options: {
    readonly groupId: string;
    readonly logger: Logger;
    readonly topics: () => string[];
    /** This member leads the group: it has just assigned. */
    readonly onAssigned: () => void;
  },
): Assignor {
  let partitionCounts: ReadonlyMap<string, number> = new Map();
  const cluster: AssignerCluster = {
    findTopicPartitionMetadata: (topic) =>
      Array.from({ length: partitionCounts.get(topic) ?? 0 }, (_, partitionId) => ({
        partitionId,
        partitionErrorCode: 0,
        leader: -1,
        replicas: [],
        isr: [],
      })),
  };
  const { groupId, logger } = options;
  const assigner = create({ cluster, groupId, logger });
  return {
    name: assigner.name,
    supportedProtocols: ['eager'],
    userData: () => {
      const { metadata } = assigner.protocol({ topics: options.topics() });
      return AssignerProtocol.MemberMetadata.decode(metadata)?.userData ?? null;
    },
    assign: async (counts, members) => {
      partitionCounts = counts;
      const group = members.map(({ memberId, topics, userData }) => ({
        memberId,
        memberMetadata: AssignerProtocol.MemberMetadata.encode({
          version: assigner.version,
          topics: [...topics],
          ...(userData === null ? {} : { userData }),
        }),
      }));
      const assigned = await assigner.assign({ members: group, topics: options.topics() });
      options.onAssigned();
      return new Map(
        assigned.map(({ memberId, memberAssignment }) => [memberId, partitionsOf(memberAssignment)]),
      );
    },
  };
}

function partitionsOf(bytes: Buffer) {
  const { assignment = {} } = AssignerProtocol.MemberAssignment.decode(bytes) ?? {};
  return Object.entries(assignment).flatMap(([topic, partitions]) =>
    partitions.map((partition) => ({ topic, partition })),
  );
}
