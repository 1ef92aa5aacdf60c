import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { ConsumerGroupMemberMetadataValue } from '../generated/messages/coordinator-records.ts';
import { FetchRequest, FetchResponse } from '../generated/messages/fetch.ts';
import { JoinGroupRequest } from '../generated/messages/join-group.ts';
import { MetadataRequest } from '../generated/messages/metadata.ts';
import { ProduceResponse } from '../generated/messages/produce.ts';
import { LONG_MAX } from './limits.ts';
import type { MessageCodec } from './message-codec.ts';
import { WireReader } from './wire-reader.ts';
import { WireWriter } from './wire-writer.ts';

function encode<Input extends object>(
  codec: MessageCodec<object, Input>,
  message: Input,
  version: number,
): Buffer {
  const writer = new WireWriter();
  codec.write(writer, message, version);
  return writer.toBuffer();
}

const fetch = { maxWaitMs: 500, minBytes: 1, topics: [] };

describe('a version outside of the range', () => {
  test.each([3, 19, -1, 1.5, Number.NaN])('%d is refused when reading and writing', (version) => {
    const problem = `FetchRequest version ${version} is not supported; supported are 4 to 18`;
    expect(() => FetchRequest.read(new WireReader(Buffer.alloc(100)), version)).toThrow(problem);
    expect(() => encode(FetchRequest, fetch, version)).toThrow(problem);
  });
});

describe('a field that the version does not carry', () => {
  test('is dropped when it may be', () => {
    const set = { ...fetch, rackId: 'a', sessionId: 5, clusterId: 'c' };
    expect(encode(FetchRequest, set, 4)).toEqual(encode(FetchRequest, fetch, 4));
  });

  test.each([
    ['replicaId', { replicaId: 3 }, 15],
    ['replicaState', { replicaState: { replicaId: 3 } }, 14],
    ['forgottenTopicsData', { forgottenTopicsData: [{ partitions: [] }] }, 6],
  ])('is an error when dropping %s would change the meaning', (field, extra, version) => {
    expect(() => encode(FetchRequest, { ...fetch, ...extra }, version)).toThrow(
      `FetchRequest version ${version}: field ${field} is set, but this version does not carry it`,
    );
  });

  test('is no error while it has its default', () => {
    const message = {
      ...fetch,
      replicaId: -1,
      replicaState: { replicaId: -1, replicaEpoch: -1 },
      forgottenTopicsData: [],
    };
    expect(encode(FetchRequest, message, 18)).toEqual(encode(FetchRequest, fetch, 18));
    expect(encode(FetchRequest, message, 4)).toEqual(encode(FetchRequest, fetch, 4));
  });

  test('is read as its default', () => {
    const decoded = FetchRequest.read(new WireReader(encode(FetchRequest, fetch, 4)), 4);
    expect(decoded).toEqual(FetchRequest.create({ maxWaitMs: 500, minBytes: 1 }));
    expect(decoded).toMatchObject({ maxBytes: 2_147_483_647, sessionEpoch: -1, rackId: '', clusterId: null });
  });
});

describe('null', () => {
  test('in a field that may be null from a later version on is an error before it', () => {
    expect(() => encode(MetadataRequest, { topics: null }, 0)).toThrow('field topics is null');
    expect(encode(MetadataRequest, { topics: null }, 1)).toEqual(Buffer.from('ffffffff', 'hex'));
    const topic = { topics: [{ name: null }] };
    expect(() => encode(MetadataRequest, topic, 9)).toThrow(
      'MetadataRequest version 9: field topics.name is null, but this version does not allow null',
    );
    expect(() => MetadataRequest.read(new WireReader(Buffer.from('ffffffff', 'hex')), 0)).toThrow(
      expect.objectContaining({ code: 'ERR_PROTOCOL_NULL_VALUE' }),
    );
  });

  test('in a field that is never null is an error, not the default', () => {
    const message = { ...fetch, rackId: null as unknown as string };
    expect(() => encode(FetchRequest, message, 11)).toThrow(
      expect.objectContaining({ code: 'ERR_PROTOCOL_NULL_VALUE' }),
    );
  });
});

describe('a message of a caller without types', () => {
  test('that lacks a field is an error that names the message', () => {
    const message = { groupId: 'g' } as unknown as Parameters<typeof JoinGroupRequest.write>[1];
    expect(() => encode(JoinGroupRequest, message, 5)).toThrow(
      expect.objectContaining({
        code: 'ERR_PROTOCOL_INVALID_VALUE',
        message: 'JoinGroupRequest version 5: field sessionTimeoutMs is undefined, which is no int32',
        messageName: 'JoinGroupRequest',
        version: 5,
      }),
    );
  });

  test('that has a hole where a struct should be is such an error too', () => {
    const message = { ...fetch, topics: [undefined] } as unknown as Parameters<typeof FetchRequest.write>[1];
    expect(() => encode(FetchRequest, message, 5)).toThrow(
      expect.objectContaining({ code: 'ERR_PROTOCOL_INVALID_VALUE', cause: expect.any(TypeError) }),
    );
  });
});

describe('tagged fields', () => {
  const partition = { index: 0, errorCode: 6, baseOffset: -1 };
  const response = (extra: object): Parameters<typeof ProduceResponse.write>[1] => ({
    responses: [{ name: 't', partitionResponses: [{ ...partition, ...extra }] }],
  });

  test('take no bytes while they have their default', () => {
    const leader = { leaderId: -1, leaderEpoch: -1 };
    expect(encode(ProduceResponse, response({ currentLeader: leader }), 10)).toEqual(
      encode(ProduceResponse, response({}), 10),
    );
  });

  test('are written with their size, and are back after reading', () => {
    const leader = { leaderId: 2, leaderEpoch: 9 };
    const bytes = encode(ProduceResponse, response({ currentLeader: leader }), 10);
    expect(bytes.toString('hex')).toContain('010009000000020000000900');
    const decoded = ProduceResponse.read(new WireReader(bytes), 10);
    expect(decoded.responses[0]!.partitionResponses[0]!.currentLeader).toEqual(leader);
  });

  test('that the version does not know yet survive as unknown ones', () => {
    // Version 12 of FetchRequest knows tag 0 (clusterId); tag 1 (replicaState) came in version 15.
    const tail = '02000202630101aa';
    const bytes = Buffer.concat([encode(FetchRequest, fetch, 12).subarray(0, -1), Buffer.from(tail, 'hex')]);
    const decoded = FetchRequest.read(new WireReader(bytes), 12);
    expect(decoded.clusterId).toBe('c');
    expect(decoded.unknownTaggedFields).toEqual([{ tag: 1, value: Buffer.from([0xaa]) }]);
    expect(encode(FetchRequest, decoded, 12)).toEqual(bytes);
  });

  test('whose default is the largest int64 may be left out', () => {
    const topics = [{ partitions: [{ partition: 0, fetchOffset: 5, partitionMaxBytes: 10 }] }];
    const decoded = FetchRequest.read(new WireReader(encode(FetchRequest, { ...fetch, topics }, 18)), 18);
    expect(decoded.topics[0]!.partitions[0]!.highWatermark).toBe(LONG_MAX);
  });

  test.each([
    ['repeated', '02000100000100', 'ERR_PROTOCOL_TAG_ORDER'],
    ['descending', '0205000400', 'ERR_PROTOCOL_TAG_ORDER'],
    ['shorter than their size', '010003026300', 'ERR_PROTOCOL_TAG_SIZE'],
    ['longer than their size', '0100010263', 'ERR_PROTOCOL_TAG_SIZE'],
  ])('that are %s are refused', (_, tail, code) => {
    const bytes = Buffer.concat([encode(FetchRequest, fetch, 12).subarray(0, -1), Buffer.from(tail, 'hex')]);
    expect(() => FetchRequest.read(new WireReader(bytes), 12)).toThrow(
      expect.objectContaining({ code, messageName: 'FetchRequest', version: 12 }),
    );
  });
});

describe('a struct that is tagged and may be null', () => {
  const member = {
    instanceId: null,
    rackId: null,
    clientId: 'c',
    clientHost: 'h',
    subscribedTopicNames: [],
    subscribedTopicRegex: '',
    rebalanceTimeoutMs: 1,
    serverAssignor: null,
  };

  test('is written when it is null, as Kafka does, because its default is an empty struct', () => {
    const bytes = encode(ConsumerGroupMemberMetadataValue, { ...member, classicMemberMetadata: null }, 0);
    expect(bytes.subarray(-4).toString('hex')).toBe('01000100');
    const decoded = ConsumerGroupMemberMetadataValue.read(new WireReader(bytes), 0);
    expect(decoded.classicMemberMetadata).toBeNull();
  });

  test('has a varint before it that says that it is there', () => {
    const classicMemberMetadata = { sessionTimeoutMs: 5, supportedProtocols: [] };
    const bytes = encode(ConsumerGroupMemberMetadataValue, { ...member, classicMemberMetadata }, 0);
    expect(bytes.toString('hex')).toMatch(/01000701000000050100$/);
    const decoded = ConsumerGroupMemberMetadataValue.read(new WireReader(bytes), 0);
    expect(decoded.classicMemberMetadata).toEqual(classicMemberMetadata);
  });
});

test('records are slices of what was read, and may be written in pieces', () => {
  const records = [Buffer.alloc(3000, 1), Buffer.alloc(10, 2)];
  const partition = { partitionIndex: 0, errorCode: 0, highWatermark: 1, abortedTransactions: null };
  const message = { responses: [{ topic: 't', partitions: [{ ...partition, records }] }] };
  const bytes = encode(FetchResponse, message, 11);
  const decoded = FetchResponse.read(new WireReader(bytes), 11);
  const read = decoded.responses[0]!.partitions[0]!.records!;
  expect(read).toEqual(Buffer.concat(records));
  expect(read.buffer).toBe(bytes.buffer);
});
