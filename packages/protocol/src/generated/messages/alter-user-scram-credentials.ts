// Generated from definitions/apis/51-alter-user-scram-credentials.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Changes the SCRAM credentials of users.

import type { Buffer } from 'node:buffer';

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of AlterUserScramCredentials (API key 51), version 0.
 * Changes the SCRAM credentials of users.
 */
export interface AlterUserScramCredentialsRequest {
  deletions: AlterUserScramCredentialsRequestScramCredentialDeletion[];
  upsertions: AlterUserScramCredentialsRequestScramCredentialUpsertion[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterUserScramCredentialsRequestInput {
  readonly deletions: readonly AlterUserScramCredentialsRequestScramCredentialDeletionInput[];
  readonly upsertions: readonly AlterUserScramCredentialsRequestScramCredentialUpsertionInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AlterUserScramCredentialsRequestScramCredentialUpsertion {
  name: string;
  mechanism: number;
  iterations: number;
  salt: Buffer;
  saltedPassword: Buffer;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterUserScramCredentialsRequestScramCredentialUpsertionInput {
  readonly name: string;
  readonly mechanism: number;
  readonly iterations: number;
  readonly salt: Uint8Array;
  readonly saltedPassword: Uint8Array;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AlterUserScramCredentialsRequestScramCredentialDeletion {
  name: string;
  mechanism: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterUserScramCredentialsRequestScramCredentialDeletionInput {
  readonly name: string;
  readonly mechanism: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of AlterUserScramCredentials (API key 51), version 0.
 * Changes the SCRAM credentials of users.
 */
export const AlterUserScramCredentialsRequest: MessageCodec<AlterUserScramCredentialsRequest, AlterUserScramCredentialsRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'AlterUserScramCredentialsRequest',
  apiKey: 51,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readAlterUserScramCredentialsRequest,
  write: writeAlterUserScramCredentialsRequest,
  create: (partial) => ({ ...createAlterUserScramCredentialsRequest(), ...partial }),
});

function readAlterUserScramCredentialsRequestScramCredentialDeletion(
  reader: WireReader,
  _version: number,
): AlterUserScramCredentialsRequestScramCredentialDeletion {
  const name = reader.string(true);
  const mechanism = reader.int8();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    mechanism,
    unknownTaggedFields,
  };
}

function writeAlterUserScramCredentialsRequestScramCredentialDeletion(
  writer: WireWriter,
  message: AlterUserScramCredentialsRequestScramCredentialDeletionInput,
  _version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'deletions.name');
  const mechanism = message.mechanism;
  writer.int8(mechanism, 'deletions.mechanism');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readAlterUserScramCredentialsRequestScramCredentialUpsertion(
  reader: WireReader,
  _version: number,
): AlterUserScramCredentialsRequestScramCredentialUpsertion {
  const name = reader.string(true);
  const mechanism = reader.int8();
  const iterations = reader.int32();
  const salt = reader.bytes(true);
  const saltedPassword = reader.bytes(true);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    mechanism,
    iterations,
    salt,
    saltedPassword,
    unknownTaggedFields,
  };
}

function writeAlterUserScramCredentialsRequestScramCredentialUpsertion(
  writer: WireWriter,
  message: AlterUserScramCredentialsRequestScramCredentialUpsertionInput,
  _version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'upsertions.name');
  const mechanism = message.mechanism;
  writer.int8(mechanism, 'upsertions.mechanism');
  const iterations = message.iterations;
  writer.int32(iterations, 'upsertions.iterations');
  const salt = message.salt;
  writer.bytes(salt, true, 'upsertions.salt');
  const saltedPassword = message.saltedPassword;
  writer.bytes(saltedPassword, true, 'upsertions.saltedPassword');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readAlterUserScramCredentialsRequest(
  reader: WireReader,
  version: number,
): AlterUserScramCredentialsRequest {
  const deletionsCount = reader.arrayLength(true, 3);
  const deletions = new Array<AlterUserScramCredentialsRequestScramCredentialDeletion>(deletionsCount);
  for (let i = 0; i < deletionsCount; i++) {
    deletions[i] = readAlterUserScramCredentialsRequestScramCredentialDeletion(reader, version);
  }
  const upsertionsCount = reader.arrayLength(true, 9);
  const upsertions = new Array<AlterUserScramCredentialsRequestScramCredentialUpsertion>(upsertionsCount);
  for (let i = 0; i < upsertionsCount; i++) {
    upsertions[i] = readAlterUserScramCredentialsRequestScramCredentialUpsertion(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    deletions,
    upsertions,
    unknownTaggedFields,
  };
}

function writeAlterUserScramCredentialsRequest(
  writer: WireWriter,
  message: AlterUserScramCredentialsRequestInput,
  version: number,
): void {
  const deletions = message.deletions;
  const deletionsCount = writer.arrayLength(deletions, true, 'deletions');
  for (let i = 0; i < deletionsCount; i++) {
    writeAlterUserScramCredentialsRequestScramCredentialDeletion(writer, deletions[i]!, version);
  }
  const upsertions = message.upsertions;
  const upsertionsCount = writer.arrayLength(upsertions, true, 'upsertions');
  for (let i = 0; i < upsertionsCount; i++) {
    writeAlterUserScramCredentialsRequestScramCredentialUpsertion(writer, upsertions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createAlterUserScramCredentialsRequest(): AlterUserScramCredentialsRequest {
  return {
    deletions: [],
    upsertions: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of AlterUserScramCredentials (API key 51), version 0.
 * Changes the SCRAM credentials of users.
 */
export interface AlterUserScramCredentialsResponse {
  throttleTimeMs: number;
  results: AlterUserScramCredentialsResponseAlterUserScramCredentialsResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterUserScramCredentialsResponseInput {
  readonly throttleTimeMs: number;
  readonly results: readonly AlterUserScramCredentialsResponseAlterUserScramCredentialsResultInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AlterUserScramCredentialsResponseAlterUserScramCredentialsResult {
  user: string;
  errorCode: number;
  errorMessage: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterUserScramCredentialsResponseAlterUserScramCredentialsResultInput {
  readonly user: string;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of AlterUserScramCredentials (API key 51), version 0.
 * Changes the SCRAM credentials of users.
 */
export const AlterUserScramCredentialsResponse: MessageCodec<AlterUserScramCredentialsResponse, AlterUserScramCredentialsResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'AlterUserScramCredentialsResponse',
  apiKey: 51,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readAlterUserScramCredentialsResponse,
  write: writeAlterUserScramCredentialsResponse,
  create: (partial) => ({ ...createAlterUserScramCredentialsResponse(), ...partial }),
});

function readAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(
  reader: WireReader,
  _version: number,
): AlterUserScramCredentialsResponseAlterUserScramCredentialsResult {
  const user = reader.string(true);
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(true);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    user,
    errorCode,
    errorMessage,
    unknownTaggedFields,
  };
}

function writeAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(
  writer: WireWriter,
  message: AlterUserScramCredentialsResponseAlterUserScramCredentialsResultInput,
  _version: number,
): void {
  const user = message.user;
  writer.string(user, true, 'results.user');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'results.errorCode');
  const errorMessage = message.errorMessage;
  writer.nullableString(errorMessage, true, 'results.errorMessage');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readAlterUserScramCredentialsResponse(
  reader: WireReader,
  version: number,
): AlterUserScramCredentialsResponse {
  const throttleTimeMs = reader.int32();
  const resultsCount = reader.arrayLength(true, 5);
  const results = new Array<AlterUserScramCredentialsResponseAlterUserScramCredentialsResult>(resultsCount);
  for (let i = 0; i < resultsCount; i++) {
    results[i] = readAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    throttleTimeMs,
    results,
    unknownTaggedFields,
  };
}

function writeAlterUserScramCredentialsResponse(
  writer: WireWriter,
  message: AlterUserScramCredentialsResponseInput,
  version: number,
): void {
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const results = message.results;
  const resultsCount = writer.arrayLength(results, true, 'results');
  for (let i = 0; i < resultsCount; i++) {
    writeAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(writer, results[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createAlterUserScramCredentialsResponse(): AlterUserScramCredentialsResponse {
  return {
    throttleTimeMs: 0,
    results: [],
    unknownTaggedFields: undefined,
  };
}
