import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { kafkaConstantName } from '../generator/kafka-constant-name.ts';
import { ErrorCode } from '../src/generated/error-table.ts';
import { ApiKey, apiDescriptions } from '../src/generated/api-table.ts';
import { isRetriableErrorCode } from '../src/errors/kafka-error.ts';
import { messageCatalogue } from './message-catalogue.ts';
import { describeOwnMessage } from './own-fields.ts';
import { describeReferenceMessage, type ReferenceMessage } from './reference-fields.ts';

/** Field lists of Apache Kafka, where they lie beside the checkout. */
const referenceFolder = join(import.meta.dirname, '../../../../shared/kafka-protocol');
const isReferenceThere = existsSync(referenceFolder);
const messageFiles = [
  'requests-and-responses.json',
  'coordinator-records.json',
  'metadata-records.json',
  'other-structures.json',
];

if (!isReferenceThere) {
  process.stderr.write(`drift test skipped: no reference field lists in ${referenceFolder}\n`);
}

describe.skipIf(!isReferenceThere)('the definitions are those of Apache Kafka', () => {
  const own = new Map(messageCatalogue().map((entry) => [entry.definition.name, entry]));
  const reference = isReferenceThere
    ? messageFiles.flatMap((name) => readReference<ReferenceMessage>(name))
    : [];
  const living = reference.filter((message) => message.validVersions !== 'none');

  test('the same messages exist on both sides', () => {
    expect([...own.keys()].toSorted()).toEqual(living.map((message) => message.name).toSorted());
  });

  test.each(living)('$name has the same fields in every version', (message) => {
    const entry = own.get(message.name)!;
    expect(describeOwnMessage(entry.definition)).toEqual(describeReferenceMessage(message));
  });

  test('every API key, removed ones too, is described as it is', () => {
    const requests = reference.filter((message) => message.type === 'request');
    expect(requests).toHaveLength(apiDescriptions.length);
    for (const request of requests) {
      const name = request.name.slice(0, -'Request'.length);
      const description = apiDescriptions[request.apiKey!]!;
      expect(description.apiKey).toBe(request.apiKey);
      expect(description.name).toBe(name);
      expect(description.listeners).toEqual(request.listeners ?? []);
      expect(ApiKey[kafkaConstantName(name) as keyof typeof ApiKey]).toBe(request.apiKey);
      expect(description.latestVersionUnstable).toBe(request.latestVersionUnstable === true);
    }
  });

  test('every error code has the same name and retriable flag', () => {
    const errors = readReference<{ code: number; name: string; retriable: boolean }>('errors.json');
    expect(Object.entries(ErrorCode)).toEqual(errors.map((error) => [error.name, error.code]));
    for (const error of errors) expect(isRetriableErrorCode(error.code), error.name).toBe(error.retriable);
  });
});

function readReference<Row>(name: string): Row[] {
  return JSON.parse(readFileSync(join(referenceFolder, name), 'utf8')) as Row[];
}
