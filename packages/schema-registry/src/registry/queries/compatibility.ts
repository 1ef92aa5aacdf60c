import { checkCompatibility } from '../../compatibility/check-compatibility.ts';
import { compatibilityLevelOf } from '../../compatibility/compatibility-level.ts';
import type { ParsedSchema } from '../../format/schema-format.ts';
import { RESERVED_PROPERTY, type Metadata } from '../data-contract.ts';
import type { RegistryConfig } from '../registry-record.ts';
import type { RegistryView } from '../registry-view.ts';
import { invalidSchema } from '../rest-error.ts';
import type { SchemaRequest } from '../schema-request.ts';
import { configInScope } from '../setting-scope.ts';
import type { StoredSchema } from '../stored-schema.ts';
import { canonicalContent } from './canonical-content.ts';

/** Why a request does not fit these versions, the oldest first; nothing when it does. @throws RestError INVALID_SCHEMA */
export function incompatibilities(
  view: RegistryView,
  subject: string,
  request: SchemaRequest,
  { previous, normalize }: { readonly previous: readonly StoredSchema[]; readonly normalize: boolean },
): string[] {
  if (request.schema.trim() === '') throw invalidSchema('Empty schema');
  const config = configInScope(view.state, subject, view.defaults);
  const strict = config.validateNewSchemas ?? view.defaults.validateNewSchemas;
  const { parsed } = canonicalContent(view, subject, request, { strict, normalize });
  return compareWithPrevious(view, config, { parsed, metadata: request.metadata }, previous);
}

/** As {@link incompatibilities}, for a schema that is parsed already. */
export function compareWithPrevious(
  view: RegistryView,
  config: RegistryConfig,
  { parsed, metadata }: { readonly parsed: ParsedSchema; readonly metadata: Metadata | undefined },
  previous: readonly StoredSchema[],
): string[] {
  const level = compatibilityLevelOf(config.compatibilityLevel ?? '') ?? 'BACKWARD';
  const policy = config.compatibilityPolicy === 'LENIENT' ? 'LENIENT' : 'STRICT';
  const validatesFields = config.validateFields ?? view.defaults.validateFields;
  const group = config.compatibilityGroup;
  const compared =
    group === undefined
      ? previous
      : previous.filter((stored) => groupOf(stored.metadata, group) === groupOf(metadata, group));
  const messages = [
    ...(validatesFields ? reservedFieldProblems(parsed, metadata, previous.at(-1)) : []),
    ...checkCompatibility(
      parsed,
      compared.map((stored) => ({
        version: stored.version,
        schema: stored.schema,
        parsed: () => view.schemas.stored(view.state, stored),
      })),
      { level, policy },
    ),
  ];
  if (messages.length === 0) return [];
  return [...messages, `{validateFields: '${validatesFields}', compatibility: '${level}'}`];
}

function groupOf(metadata: Metadata | undefined, property: string): string | undefined {
  return metadata?.properties?.[property];
}

function reservedFieldProblems(
  parsed: ParsedSchema,
  metadata: Metadata | undefined,
  previous: StoredSchema | undefined,
): string[] {
  const reserved = reservedFields(metadata);
  const fields = new Set(parsed.topLevelFields());
  const removed = reservedFields(previous?.metadata).filter((field) => !reserved.includes(field));
  return [
    ...removed.map(
      (field) =>
        `{errorType:'RESERVED_FIELD_REMOVED', description:'The new schema has reserved field ${field} removed ` +
        `from its metadata which is present in the old schema's metadata.'}`,
    ),
    ...reserved
      .filter((field) => fields.has(field))
      .map(
        (field) =>
          `{errorType:'FIELD_CONFLICTS_WITH_RESERVED_FIELD', description:'The new schema has field that ` +
          `conflicts with the reserved field ${field}.'}`,
      ),
  ];
}

function reservedFields(metadata: Metadata | undefined): string[] {
  const text = metadata?.properties?.[RESERVED_PROPERTY] ?? '';
  return text
    .split(',')
    .map((field) => field.trim())
    .filter((field) => field !== '');
}
