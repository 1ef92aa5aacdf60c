import { RegistryBadResponseError } from '../errors.ts';
import type { RegisteredSchema } from './registry-entities.ts';

/** What older servers leave out is filled in: the type for Avro, an empty list of references. */
export function registeredSchema(answer: Partial<RegisteredSchema> | undefined): RegisteredSchema {
  if (typeof answer?.schema !== 'string') {
    throw new RegistryBadResponseError('The registry answered with an object that holds no schema');
  }
  return {
    ...answer,
    schema: answer.schema,
    schemaType: answer.schemaType ?? 'AVRO',
    references: answer.references ?? [],
  };
}
