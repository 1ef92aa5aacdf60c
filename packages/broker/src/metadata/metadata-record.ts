import { WireReader, WireWriter } from '@millrace/protocol';
import {
  AbortTransactionRecord,
  AccessControlEntryRecord,
  BeginTransactionRecord,
  BrokerRegistrationChangeRecord,
  ClearElrRecord,
  ClientQuotaRecord,
  ConfigRecord,
  DelegationTokenRecord,
  EndTransactionRecord,
  FeatureLevelRecord,
  FenceBrokerRecord,
  NoOpRecord,
  PartitionChangeRecord,
  PartitionRecord,
  ProducerIdsRecord,
  RegisterBrokerRecord,
  RegisterControllerRecord,
  RemoveAccessControlEntryRecord,
  RemoveDelegationTokenRecord,
  RemoveTopicRecord,
  RemoveUserScramCredentialRecord,
  TopicRecord,
  UnfenceBrokerRecord,
  UnregisterBrokerRecord,
  UnregisterControllerRecord,
  UserScramCredentialRecord,
  ZkMigrationStateRecord,
} from '@millrace/protocol/messages/metadata-records';
import { CorruptMetadataError, messageOf } from '../errors.ts';

interface RecordTypes {
  readonly RegisterBroker: RegisterBrokerRecord;
  readonly Topic: TopicRecord;
  readonly Partition: PartitionRecord;
  readonly Config: ConfigRecord;
  readonly PartitionChange: PartitionChangeRecord;
  readonly RemoveTopic: RemoveTopicRecord;
  readonly FeatureLevel: FeatureLevelRecord;
  readonly ProducerIds: ProducerIdsRecord;
  readonly BrokerRegistrationChange: BrokerRegistrationChangeRecord;
  readonly NoOp: NoOpRecord;
  readonly UnregisterBroker: UnregisterBrokerRecord;
  readonly FenceBroker: FenceBrokerRecord;
  readonly UnfenceBroker: UnfenceBrokerRecord;
  readonly RegisterController: RegisterControllerRecord;
  readonly BeginTransaction: BeginTransactionRecord;
  readonly EndTransaction: EndTransactionRecord;
  readonly AbortTransaction: AbortTransactionRecord;
  readonly UserScramCredential: UserScramCredentialRecord;
  readonly RemoveUserScramCredential: RemoveUserScramCredentialRecord;
  readonly AccessControlEntry: AccessControlEntryRecord;
  readonly RemoveAccessControlEntry: RemoveAccessControlEntryRecord;
  readonly ClientQuota: ClientQuotaRecord;
  readonly ClearElr: ClearElrRecord;
  readonly DelegationToken: DelegationTokenRecord;
  readonly RemoveDelegationToken: RemoveDelegationTokenRecord;
  readonly ZkMigrationState: ZkMigrationStateRecord;
  readonly UnregisterController: UnregisterControllerRecord;
}

/** One record of the metadata log, as Kafka defines them; `type` is Kafka's name without `Record`. */
export type MetadataRecord = {
  [Type in keyof RecordTypes]: { readonly type: Type; readonly data: RecordTypes[Type] };
}[keyof RecordTypes];

interface RecordCodec {
  readonly apiKey: number;
  readonly maxVersion: number;
  read(reader: WireReader, version: number): unknown;
  write(writer: WireWriter, message: never, version: number): void;
}

/** The version each record is written at, see also `versionOf`; all of them are known from 3.7-IV2 on. */
const codecs: {
  readonly [Type in keyof RecordTypes]: { readonly codec: RecordCodec; readonly version: number };
} = {
  RegisterBroker: { codec: RegisterBrokerRecord, version: 3 },
  Topic: { codec: TopicRecord, version: 0 },
  Partition: { codec: PartitionRecord, version: 1 },
  Config: { codec: ConfigRecord, version: 0 },
  PartitionChange: { codec: PartitionChangeRecord, version: 1 },
  RemoveTopic: { codec: RemoveTopicRecord, version: 0 },
  FeatureLevel: { codec: FeatureLevelRecord, version: 0 },
  ProducerIds: { codec: ProducerIdsRecord, version: 0 },
  BrokerRegistrationChange: { codec: BrokerRegistrationChangeRecord, version: 2 },
  NoOp: { codec: NoOpRecord, version: 0 },
  UnregisterBroker: { codec: UnregisterBrokerRecord, version: 0 },
  FenceBroker: { codec: FenceBrokerRecord, version: 0 },
  UnfenceBroker: { codec: UnfenceBrokerRecord, version: 0 },
  RegisterController: { codec: RegisterControllerRecord, version: 0 },
  BeginTransaction: { codec: BeginTransactionRecord, version: 0 },
  EndTransaction: { codec: EndTransactionRecord, version: 0 },
  AbortTransaction: { codec: AbortTransactionRecord, version: 0 },
  UserScramCredential: { codec: UserScramCredentialRecord, version: 0 },
  RemoveUserScramCredential: { codec: RemoveUserScramCredentialRecord, version: 0 },
  AccessControlEntry: { codec: AccessControlEntryRecord, version: 0 },
  RemoveAccessControlEntry: { codec: RemoveAccessControlEntryRecord, version: 0 },
  ClientQuota: { codec: ClientQuotaRecord, version: 0 },
  ClearElr: { codec: ClearElrRecord, version: 0 },
  DelegationToken: { codec: DelegationTokenRecord, version: 0 },
  RemoveDelegationToken: { codec: RemoveDelegationTokenRecord, version: 0 },
  ZkMigrationState: { codec: ZkMigrationStateRecord, version: 0 },
  UnregisterController: { codec: UnregisterControllerRecord, version: 0 },
};

/**
 * The version a record is written at. Fields of later metadata versions (eligible leader replicas, cordoned
 * directories) only have values where the cluster is at that version.
 */
function versionOf(record: MetadataRecord): number {
  const { version } = codecs[record.type];
  const isLater =
    record.type === 'Partition' || record.type === 'PartitionChange'
      ? record.data.eligibleLeaderReplicas !== null || record.data.lastKnownElr !== null
      : 'cordonedLogDirs' in record.data && record.data.cordonedLogDirs !== null;
  return isLater ? version + 1 : version;
}

const typeByKey = new Map(
  (Object.keys(codecs) as (keyof RecordTypes)[]).map((type) => [codecs[type].codec.apiKey, type]),
);

/** Version of the frame around each record value. */
const FRAME_VERSION = 1;

/** The value of a metadata log record: frame version, record key, record version, flexible body. */
export function encodeMetadataRecord(record: MetadataRecord): Buffer {
  const { codec } = codecs[record.type];
  const version = versionOf(record);
  const writer = new WireWriter();
  writer.unsignedVarint(FRAME_VERSION);
  writer.unsignedVarint(codec.apiKey);
  writer.unsignedVarint(version);
  codec.write(writer, record.data as never, version);
  return writer.toBuffer();
}

/**
 * Reads a record value. A record type or version from a newer feature level is fatal rather than skipped: the state
 * built without it would be wrong.
 * @throws CorruptMetadataError
 */
export function decodeMetadataRecord(value: Buffer, offset: number): MetadataRecord {
  try {
    const reader = new WireReader(value);
    const frameVersion = reader.unsignedVarint();
    if (frameVersion !== FRAME_VERSION) throw new RangeError(`frame version ${frameVersion} is unknown`);
    const key = reader.unsignedVarint();
    const version = reader.unsignedVarint();
    const type = typeByKey.get(key);
    if (type === undefined) throw new RangeError(`record type ${key} is unknown`);
    const { codec } = codecs[type];
    if (version > codec.maxVersion)
      throw new RangeError(`version ${version} of record type ${key} is unknown`);
    return { type, data: codec.read(reader, version) } as MetadataRecord;
  } catch (cause) {
    throw new CorruptMetadataError(`the record at offset ${offset} cannot be read: ${messageOf(cause)}`, {
      cause,
    });
  }
}
