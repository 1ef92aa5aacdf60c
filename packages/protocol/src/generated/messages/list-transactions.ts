// Generated from definitions/apis/66-list-transactions.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Lists transactions by state, producer and age.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of ListTransactions (API key 66), versions 0 to 2.
 * Lists transactions by state, producer and age.
 */
export interface ListTransactionsRequest {
  stateFilters: string[];
  producerIdFilters: number[];
  durationFilter: number;
  transactionalIdPattern: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ListTransactionsRequestInput {
  readonly stateFilters: readonly string[];
  readonly producerIdFilters: readonly number[];
  readonly durationFilter?: number | undefined;
  readonly transactionalIdPattern?: string | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of ListTransactions (API key 66), versions 0 to 2.
 * Lists transactions by state, producer and age.
 */
export const ListTransactionsRequest: MessageCodec<ListTransactionsRequest, ListTransactionsRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ListTransactionsRequest',
  apiKey: 66,
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readListTransactionsRequest,
  write: writeListTransactionsRequest,
  create: (partial) => ({ ...createListTransactionsRequest(), ...partial }),
});

function readListTransactionsRequest(reader: WireReader, version: number): ListTransactionsRequest {
  const stateFiltersCount = reader.arrayLength(true, 1);
  const stateFilters = new Array<string>(stateFiltersCount);
  for (let i = 0; i < stateFiltersCount; i++) {
    stateFilters[i] = reader.string(true);
  }
  const producerIdFiltersCount = reader.arrayLength(true, 8);
  const producerIdFilters = new Array<number>(producerIdFiltersCount);
  for (let i = 0; i < producerIdFiltersCount; i++) {
    producerIdFilters[i] = reader.int64();
  }
  const durationFilter = version >= 1 ? reader.int64() : -1;
  const transactionalIdPattern = version >= 2 ? reader.nullableString(true) : null;
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    stateFilters,
    producerIdFilters,
    durationFilter,
    transactionalIdPattern,
    unknownTaggedFields,
  };
}

function writeListTransactionsRequest(
  writer: WireWriter,
  message: ListTransactionsRequestInput,
  version: number,
): void {
  const stateFilters = message.stateFilters;
  const stateFiltersCount = writer.arrayLength(stateFilters, true, 'stateFilters');
  for (let i = 0; i < stateFiltersCount; i++) {
    writer.string(stateFilters[i]!, true, 'stateFilters');
  }
  const producerIdFilters = message.producerIdFilters;
  const producerIdFiltersCount = writer.arrayLength(producerIdFilters, true, 'producerIdFilters');
  for (let i = 0; i < producerIdFiltersCount; i++) {
    writer.int64(producerIdFilters[i]!, 'producerIdFilters');
  }
  const durationFilter = message.durationFilter === undefined ? -1 : message.durationFilter;
  if (version >= 1) {
    writer.int64(durationFilter, 'durationFilter');
  } else if (durationFilter !== -1) {
    throw writer.notInVersion('durationFilter');
  }
  const transactionalIdPattern =
    message.transactionalIdPattern === undefined ? null : message.transactionalIdPattern;
  if (version >= 2) {
    writer.nullableString(transactionalIdPattern, true, 'transactionalIdPattern');
  } else if (transactionalIdPattern !== null) {
    throw writer.notInVersion('transactionalIdPattern');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createListTransactionsRequest(): ListTransactionsRequest {
  return {
    stateFilters: [],
    producerIdFilters: [],
    durationFilter: -1,
    transactionalIdPattern: null,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of ListTransactions (API key 66), versions 0 to 2.
 * Lists transactions by state, producer and age.
 */
export interface ListTransactionsResponse {
  throttleTimeMs: number;
  errorCode: number;
  unknownStateFilters: string[];
  transactionStates: ListTransactionsResponseTransactionState[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ListTransactionsResponseInput {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly unknownStateFilters: readonly string[];
  readonly transactionStates: readonly ListTransactionsResponseTransactionStateInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ListTransactionsResponseTransactionState {
  transactionalId: string;
  producerId: number;
  transactionState: string;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ListTransactionsResponseTransactionStateInput {
  readonly transactionalId: string;
  readonly producerId: number;
  readonly transactionState: string;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of ListTransactions (API key 66), versions 0 to 2.
 * Lists transactions by state, producer and age.
 */
export const ListTransactionsResponse: MessageCodec<ListTransactionsResponse, ListTransactionsResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ListTransactionsResponse',
  apiKey: 66,
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readListTransactionsResponse,
  write: writeListTransactionsResponse,
  create: (partial) => ({ ...createListTransactionsResponse(), ...partial }),
});

function readListTransactionsResponseTransactionState(
  reader: WireReader,
  _version: number,
): ListTransactionsResponseTransactionState {
  const transactionalId = reader.string(true);
  const producerId = reader.int64();
  const transactionState = reader.string(true);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    transactionalId,
    producerId,
    transactionState,
    unknownTaggedFields,
  };
}

function writeListTransactionsResponseTransactionState(
  writer: WireWriter,
  message: ListTransactionsResponseTransactionStateInput,
  _version: number,
): void {
  const transactionalId = message.transactionalId;
  writer.string(transactionalId, true, 'transactionStates.transactionalId');
  const producerId = message.producerId;
  writer.int64(producerId, 'transactionStates.producerId');
  const transactionState = message.transactionState;
  writer.string(transactionState, true, 'transactionStates.transactionState');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readListTransactionsResponse(reader: WireReader, version: number): ListTransactionsResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const unknownStateFiltersCount = reader.arrayLength(true, 1);
  const unknownStateFilters = new Array<string>(unknownStateFiltersCount);
  for (let i = 0; i < unknownStateFiltersCount; i++) {
    unknownStateFilters[i] = reader.string(true);
  }
  const transactionStatesCount = reader.arrayLength(true, 11);
  const transactionStates = new Array<ListTransactionsResponseTransactionState>(transactionStatesCount);
  for (let i = 0; i < transactionStatesCount; i++) {
    transactionStates[i] = readListTransactionsResponseTransactionState(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    unknownStateFilters,
    transactionStates,
    unknownTaggedFields,
  };
}

function writeListTransactionsResponse(
  writer: WireWriter,
  message: ListTransactionsResponseInput,
  version: number,
): void {
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const unknownStateFilters = message.unknownStateFilters;
  const unknownStateFiltersCount = writer.arrayLength(unknownStateFilters, true, 'unknownStateFilters');
  for (let i = 0; i < unknownStateFiltersCount; i++) {
    writer.string(unknownStateFilters[i]!, true, 'unknownStateFilters');
  }
  const transactionStates = message.transactionStates;
  const transactionStatesCount = writer.arrayLength(transactionStates, true, 'transactionStates');
  for (let i = 0; i < transactionStatesCount; i++) {
    writeListTransactionsResponseTransactionState(writer, transactionStates[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createListTransactionsResponse(): ListTransactionsResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    unknownStateFilters: [],
    transactionStates: [],
    unknownTaggedFields: undefined,
  };
}
