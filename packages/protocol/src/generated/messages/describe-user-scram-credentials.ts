// Generated from definitions/apis/50-describe-user-scram-credentials.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Lists the SCRAM mechanisms of users, without their secrets.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of DescribeUserScramCredentials (API key 50), version 0.
 * Lists the SCRAM mechanisms of users, without their secrets.
 */
export interface DescribeUserScramCredentialsRequest {
  users: DescribeUserScramCredentialsRequestUserName[] | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeUserScramCredentialsRequestInput {
  readonly users: readonly DescribeUserScramCredentialsRequestUserNameInput[] | null;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeUserScramCredentialsRequestUserName {
  name: string;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeUserScramCredentialsRequestUserNameInput {
  readonly name: string;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of DescribeUserScramCredentials (API key 50), version 0.
 * Lists the SCRAM mechanisms of users, without their secrets.
 */
export const DescribeUserScramCredentialsRequest: MessageCodec<DescribeUserScramCredentialsRequest, DescribeUserScramCredentialsRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DescribeUserScramCredentialsRequest',
  apiKey: 50,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readDescribeUserScramCredentialsRequest,
  write: writeDescribeUserScramCredentialsRequest,
  create: (partial) => ({ ...createDescribeUserScramCredentialsRequest(), ...partial }),
});

function readDescribeUserScramCredentialsRequestUserName(
  reader: WireReader,
  _version: number,
): DescribeUserScramCredentialsRequestUserName {
  const name = reader.string(true);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    unknownTaggedFields,
  };
}

function writeDescribeUserScramCredentialsRequestUserName(
  writer: WireWriter,
  message: DescribeUserScramCredentialsRequestUserNameInput,
  _version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'users.name');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readDescribeUserScramCredentialsRequest(
  reader: WireReader,
  version: number,
): DescribeUserScramCredentialsRequest {
  const usersCount = reader.nullableArrayLength(true, 2);
  let users: DescribeUserScramCredentialsRequestUserName[] | null = null;
  if (usersCount >= 0) {
    users = new Array<DescribeUserScramCredentialsRequestUserName>(usersCount);
    for (let i = 0; i < usersCount; i++) {
      users[i] = readDescribeUserScramCredentialsRequestUserName(reader, version);
    }
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    users,
    unknownTaggedFields,
  };
}

function writeDescribeUserScramCredentialsRequest(
  writer: WireWriter,
  message: DescribeUserScramCredentialsRequestInput,
  version: number,
): void {
  const users = message.users;
  if (users === null) {
    writer.nullArray(true);
  } else {
    const usersCount = writer.arrayLength(users, true, 'users');
    for (let i = 0; i < usersCount; i++) {
      writeDescribeUserScramCredentialsRequestUserName(writer, users[i]!, version);
    }
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createDescribeUserScramCredentialsRequest(): DescribeUserScramCredentialsRequest {
  return {
    users: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of DescribeUserScramCredentials (API key 50), version 0.
 * Lists the SCRAM mechanisms of users, without their secrets.
 */
export interface DescribeUserScramCredentialsResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  results: DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeUserScramCredentialsResponseInput {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly results: readonly DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResultInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult {
  user: string;
  errorCode: number;
  errorMessage: string | null;
  credentialInfos: DescribeUserScramCredentialsResponseCredentialInfo[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResultInput {
  readonly user: string;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly credentialInfos: readonly DescribeUserScramCredentialsResponseCredentialInfoInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeUserScramCredentialsResponseCredentialInfo {
  mechanism: number;
  iterations: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeUserScramCredentialsResponseCredentialInfoInput {
  readonly mechanism: number;
  readonly iterations: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of DescribeUserScramCredentials (API key 50), version 0.
 * Lists the SCRAM mechanisms of users, without their secrets.
 */
export const DescribeUserScramCredentialsResponse: MessageCodec<DescribeUserScramCredentialsResponse, DescribeUserScramCredentialsResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DescribeUserScramCredentialsResponse',
  apiKey: 50,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readDescribeUserScramCredentialsResponse,
  write: writeDescribeUserScramCredentialsResponse,
  create: (partial) => ({ ...createDescribeUserScramCredentialsResponse(), ...partial }),
});

function readDescribeUserScramCredentialsResponseCredentialInfo(
  reader: WireReader,
  _version: number,
): DescribeUserScramCredentialsResponseCredentialInfo {
  const mechanism = reader.int8();
  const iterations = reader.int32();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    mechanism,
    iterations,
    unknownTaggedFields,
  };
}

function writeDescribeUserScramCredentialsResponseCredentialInfo(
  writer: WireWriter,
  message: DescribeUserScramCredentialsResponseCredentialInfoInput,
  _version: number,
): void {
  const mechanism = message.mechanism;
  writer.int8(mechanism, 'results.credentialInfos.mechanism');
  const iterations = message.iterations;
  writer.int32(iterations, 'results.credentialInfos.iterations');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(
  reader: WireReader,
  version: number,
): DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult {
  const user = reader.string(true);
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(true);
  const credentialInfosCount = reader.arrayLength(true, 6);
  const credentialInfos = new Array<DescribeUserScramCredentialsResponseCredentialInfo>(credentialInfosCount);
  for (let i = 0; i < credentialInfosCount; i++) {
    credentialInfos[i] = readDescribeUserScramCredentialsResponseCredentialInfo(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    user,
    errorCode,
    errorMessage,
    credentialInfos,
    unknownTaggedFields,
  };
}

function writeDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(
  writer: WireWriter,
  message: DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResultInput,
  version: number,
): void {
  const user = message.user;
  writer.string(user, true, 'results.user');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'results.errorCode');
  const errorMessage = message.errorMessage;
  writer.nullableString(errorMessage, true, 'results.errorMessage');
  const credentialInfos = message.credentialInfos;
  const credentialInfosCount = writer.arrayLength(credentialInfos, true, 'results.credentialInfos');
  for (let i = 0; i < credentialInfosCount; i++) {
    writeDescribeUserScramCredentialsResponseCredentialInfo(writer, credentialInfos[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readDescribeUserScramCredentialsResponse(
  reader: WireReader,
  version: number,
): DescribeUserScramCredentialsResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(true);
  const resultsCount = reader.arrayLength(true, 6);
  const results =
    new Array<DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult>(resultsCount);
  for (let i = 0; i < resultsCount; i++) {
    results[i] = readDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    errorMessage,
    results,
    unknownTaggedFields,
  };
}

function writeDescribeUserScramCredentialsResponse(
  writer: WireWriter,
  message: DescribeUserScramCredentialsResponseInput,
  version: number,
): void {
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const errorMessage = message.errorMessage;
  writer.nullableString(errorMessage, true, 'errorMessage');
  const results = message.results;
  const resultsCount = writer.arrayLength(results, true, 'results');
  for (let i = 0; i < resultsCount; i++) {
    writeDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(writer, results[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createDescribeUserScramCredentialsResponse(): DescribeUserScramCredentialsResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    errorMessage: '',
    results: [],
    unknownTaggedFields: undefined,
  };
}
