// Generated from definitions/apis/60-describe-cluster.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Describes the brokers or controllers of the cluster.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of DescribeCluster (API key 60), versions 0 to 2.
 * Describes the brokers or controllers of the cluster.
 */
export interface DescribeClusterRequest {
  includeClusterAuthorizedOperations: boolean;
  endpointType: number;
  includeFencedBrokers: boolean;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeClusterRequestInput {
  readonly includeClusterAuthorizedOperations: boolean;
  readonly endpointType?: number | undefined;
  readonly includeFencedBrokers?: boolean | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of DescribeCluster (API key 60), versions 0 to 2.
 * Describes the brokers or controllers of the cluster.
 */
export const DescribeClusterRequest: MessageCodec<DescribeClusterRequest, DescribeClusterRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DescribeClusterRequest',
  apiKey: 60,
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readDescribeClusterRequest,
  write: writeDescribeClusterRequest,
  create: (partial) => ({ ...createDescribeClusterRequest(), ...partial }),
});

function readDescribeClusterRequest(reader: WireReader, version: number): DescribeClusterRequest {
  const includeClusterAuthorizedOperations = reader.boolean();
  const endpointType = version >= 1 ? reader.int8() : 1;
  const includeFencedBrokers = version >= 2 ? reader.boolean() : false;
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    includeClusterAuthorizedOperations,
    endpointType,
    includeFencedBrokers,
    unknownTaggedFields,
  };
}

function writeDescribeClusterRequest(
  writer: WireWriter,
  message: DescribeClusterRequestInput,
  version: number,
): void {
  const includeClusterAuthorizedOperations = message.includeClusterAuthorizedOperations;
  writer.boolean(includeClusterAuthorizedOperations, 'includeClusterAuthorizedOperations');
  const endpointType = message.endpointType === undefined ? 1 : message.endpointType;
  if (version >= 1) {
    writer.int8(endpointType, 'endpointType');
  } else if (endpointType !== 1) {
    throw writer.notInVersion('endpointType');
  }
  const includeFencedBrokers =
    message.includeFencedBrokers === undefined ? false : message.includeFencedBrokers;
  if (version >= 2) {
    writer.boolean(includeFencedBrokers, 'includeFencedBrokers');
  } else if (includeFencedBrokers) {
    throw writer.notInVersion('includeFencedBrokers');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createDescribeClusterRequest(): DescribeClusterRequest {
  return {
    includeClusterAuthorizedOperations: false,
    endpointType: 1,
    includeFencedBrokers: false,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of DescribeCluster (API key 60), versions 0 to 2.
 * Describes the brokers or controllers of the cluster.
 */
export interface DescribeClusterResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  endpointType: number;
  clusterId: string;
  controllerId: number;
  brokers: DescribeClusterResponseDescribeClusterBroker[];
  clusterAuthorizedOperations: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeClusterResponseInput {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly endpointType?: number | undefined;
  readonly clusterId: string;
  readonly controllerId?: number | undefined;
  readonly brokers: readonly DescribeClusterResponseDescribeClusterBrokerInput[];
  readonly clusterAuthorizedOperations?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeClusterResponseDescribeClusterBroker {
  brokerId: number;
  host: string;
  port: number;
  rack: string | null;
  isFenced: boolean;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeClusterResponseDescribeClusterBrokerInput {
  readonly brokerId: number;
  readonly host: string;
  readonly port: number;
  readonly rack?: string | null | undefined;
  readonly isFenced?: boolean | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of DescribeCluster (API key 60), versions 0 to 2.
 * Describes the brokers or controllers of the cluster.
 */
export const DescribeClusterResponse: MessageCodec<DescribeClusterResponse, DescribeClusterResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DescribeClusterResponse',
  apiKey: 60,
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readDescribeClusterResponse,
  write: writeDescribeClusterResponse,
  create: (partial) => ({ ...createDescribeClusterResponse(), ...partial }),
});

function readDescribeClusterResponseDescribeClusterBroker(
  reader: WireReader,
  version: number,
): DescribeClusterResponseDescribeClusterBroker {
  const brokerId = reader.int32();
  const host = reader.string(true);
  const port = reader.int32();
  const rack = reader.nullableString(true);
  const isFenced = version >= 2 ? reader.boolean() : false;
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    brokerId,
    host,
    port,
    rack,
    isFenced,
    unknownTaggedFields,
  };
}

function writeDescribeClusterResponseDescribeClusterBroker(
  writer: WireWriter,
  message: DescribeClusterResponseDescribeClusterBrokerInput,
  version: number,
): void {
  const brokerId = message.brokerId;
  writer.int32(brokerId, 'brokers.brokerId');
  const host = message.host;
  writer.string(host, true, 'brokers.host');
  const port = message.port;
  writer.int32(port, 'brokers.port');
  const rack = message.rack === undefined ? null : message.rack;
  writer.nullableString(rack, true, 'brokers.rack');
  const isFenced = message.isFenced === undefined ? false : message.isFenced;
  if (version >= 2) {
    writer.boolean(isFenced, 'brokers.isFenced');
  } else if (isFenced) {
    throw writer.notInVersion('brokers.isFenced');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readDescribeClusterResponse(reader: WireReader, version: number): DescribeClusterResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(true);
  const endpointType = version >= 1 ? reader.int8() : 1;
  const clusterId = reader.string(true);
  const controllerId = reader.int32();
  const brokersCount = reader.arrayLength(true, 11);
  const brokers = new Array<DescribeClusterResponseDescribeClusterBroker>(brokersCount);
  for (let i = 0; i < brokersCount; i++) {
    brokers[i] = readDescribeClusterResponseDescribeClusterBroker(reader, version);
  }
  const clusterAuthorizedOperations = reader.int32();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    errorMessage,
    endpointType,
    clusterId,
    controllerId,
    brokers,
    clusterAuthorizedOperations,
    unknownTaggedFields,
  };
}

function writeDescribeClusterResponse(
  writer: WireWriter,
  message: DescribeClusterResponseInput,
  version: number,
): void {
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const errorMessage = message.errorMessage === undefined ? null : message.errorMessage;
  writer.nullableString(errorMessage, true, 'errorMessage');
  const endpointType = message.endpointType === undefined ? 1 : message.endpointType;
  if (version >= 1) {
    writer.int8(endpointType, 'endpointType');
  } else if (endpointType !== 1) {
    throw writer.notInVersion('endpointType');
  }
  const clusterId = message.clusterId;
  writer.string(clusterId, true, 'clusterId');
  const controllerId = message.controllerId === undefined ? -1 : message.controllerId;
  writer.int32(controllerId, 'controllerId');
  const brokers = message.brokers;
  const brokersCount = writer.arrayLength(brokers, true, 'brokers');
  for (let i = 0; i < brokersCount; i++) {
    writeDescribeClusterResponseDescribeClusterBroker(writer, brokers[i]!, version);
  }
  const clusterAuthorizedOperations =
    message.clusterAuthorizedOperations === undefined ? -2147483648 : message.clusterAuthorizedOperations;
  writer.int32(clusterAuthorizedOperations, 'clusterAuthorizedOperations');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createDescribeClusterResponse(): DescribeClusterResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    errorMessage: null,
    endpointType: 1,
    clusterId: '',
    controllerId: -1,
    brokers: [],
    clusterAuthorizedOperations: -2147483648,
    unknownTaggedFields: undefined,
  };
}
