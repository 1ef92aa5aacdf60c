import { InvalidPropertyError } from '@millrace/config';
import { logProperties } from '@millrace/log';
import { KafkaError, MAX_STRING_BYTES } from '@millrace/protocol';
import { topicDefinition } from '../config/topic-config.ts';
import { schemaValidationProperties } from '../schema-validation/schema-validation-properties.ts';
import { refuse } from './topic-request-error.ts';

/** A legal value may still be longer than a record can hold: lists may name an item any number of times. */
export function checkLength(name: string, value: string): void {
  if (Buffer.byteLength(value) <= MAX_STRING_BYTES) return;
  throw refuse('INVALID_CONFIG', `The value of ${name} is longer than ${MAX_STRING_BYTES} bytes`);
}

/** @throws KafkaError */
export function checkTopicConfig(name: string, value: string): void {
  checkLength(name, value);
  try {
    if (schemaValidationProperties.has(name)) schemaValidationProperties.parseOne(name, value);
    else if (logProperties.has(name)) logProperties.parseOne(name, value);
    else throw InvalidPropertyError.unknown(name, undefined);
    checkListItems(topicDefinition(name), name, value);
  } catch (error) {
    if (!(error instanceof InvalidPropertyError)) throw error;
    throw new KafkaError('INVALID_CONFIG', error.message, { cause: error });
  }
}

/** A list may have no items, but none that is empty. @throws InvalidPropertyError */
export function checkListItems(
  definition: { readonly type: string } | undefined,
  name: string,
  value: string,
): void {
  if (definition?.type !== 'list' || value.trim() === '') return;
  if (value.split(',').every((item) => item.trim() !== '')) return;
  throw InvalidPropertyError.illegal(name, value, new RangeError('a list without empty items'));
}
