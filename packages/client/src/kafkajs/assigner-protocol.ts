import { WireReader, WireWriter } from '@millrace/protocol';
import {
  ConsumerProtocolAssignment,
  ConsumerProtocolSubscription,
} from '@millrace/protocol/messages/consumer-protocol';

export interface MemberMetadata {
  version: number;
  topics: string[];
  userData: Buffer;
}

export interface MemberAssignment {
  version: number;
  assignment: Record<string, number[]>;
  userData: Buffer;
}

/** Whatever version the bytes say: these fields come first in all of them. */
const LAYOUT_VERSION = 0;

/** The bytes members exchange, for assigners of one's own. */
export const AssignerProtocol = {
  MemberMetadata: {
    encode({ version, topics, userData }: Omit<MemberMetadata, 'userData'> & { userData?: Buffer }): Buffer {
      const writer = new WireWriter();
      writer.int16(version);
      ConsumerProtocolSubscription.write(writer, { topics, userData: userData ?? NOTHING }, LAYOUT_VERSION);
      return Buffer.concat(writer.finish());
    },
    decode(buffer: Buffer): MemberMetadata | null {
      const reader = new WireReader(buffer);
      const version = reader.int16();
      const { topics, userData } = ConsumerProtocolSubscription.read(reader, LAYOUT_VERSION);
      return { version, topics, userData: userData ?? NOTHING };
    },
  },
  MemberAssignment: {
    encode({
      version,
      assignment,
      userData,
    }: Omit<MemberAssignment, 'userData'> & { userData?: Buffer }): Buffer {
      const writer = new WireWriter();
      writer.int16(version);
      const assignedPartitions = Object.entries(assignment).map(([topic, partitions]) => ({
        topic,
        partitions,
      }));
      const message = { assignedPartitions, userData: userData ?? NOTHING };
      ConsumerProtocolAssignment.write(writer, message, LAYOUT_VERSION);
      return Buffer.concat(writer.finish());
    },
    /** Null for no bytes at all: the leader did not know the member. */
    decode(buffer: Buffer): MemberAssignment | null {
      if (buffer.length < 2) return null;
      const reader = new WireReader(buffer);
      const version = reader.int16();
      const { assignedPartitions, userData } = ConsumerProtocolAssignment.read(reader, LAYOUT_VERSION);
      const assignment = Object.fromEntries(
        assignedPartitions.map(({ topic, partitions }) => [topic, partitions]),
      );
      return { version, assignment, userData: userData ?? NOTHING };
    },
  },
} as const;

const NOTHING = Buffer.alloc(0);
