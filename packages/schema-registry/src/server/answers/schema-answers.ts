import { nonEmpty } from '../../registry/json-value.ts';
import type { RegistryView } from '../../registry/registry-view.ts';
import { findTags } from '../../registry/tags/inline-tags.ts';
import type { StoredSchema } from '../../registry/stored-schema.ts';
import { metadataJson, ruleSetJson } from '../../registry/write-data-contract.ts';
import { referencesJson } from '../../registry/write-record.ts';
import { contextOf, DEFAULT_CONTEXT, qualifyWithParent } from '../../subject/qualified-subject.ts';

/** How a schema is shown. */
export interface SchemaForm {
  /** `resolved`, `serialized`, `ignore_extensions`; whatever a format does not know means as stored. */
  readonly format?: string;
  /** `qualified`: references carry the context of their schema. */
  readonly referenceFormat?: string;
  /** Tags to look for in the text. */
  readonly findTags?: readonly string[];
}

/** A schema with its subject: what lookups answer. */
export function schemaAnswer(view: RegistryView, stored: StoredSchema, form: SchemaForm = {}): object {
  const { subject, version, id } = stored;
  return { subject, version, id, ...contentAnswer(view, stored, form) };
}

/** What a registration answers: everything but the subject. */
export function registerAnswer(view: RegistryView, stored: StoredSchema, form: SchemaForm = {}): object {
  const { id, version } = stored;
  return { id, version, ...contentAnswer(view, stored, form) };
}

/** What an id answers. */
export function schemaStringAnswer(
  view: RegistryView,
  stored: StoredSchema,
  { maxId, ...form }: SchemaForm & { readonly maxId?: number | undefined } = {},
): object {
  const { subject, version } = stored;
  const { schema, ...rest } = contentAnswer(view, stored, form);
  return { subject, version, schema, ...rest, ...(maxId === undefined ? {} : { maxId }) };
}

/** The text alone. */
export function schemaTextAnswer(
  { state, schemas }: RegistryView,
  stored: StoredSchema,
  format = '',
): string {
  if (format.trim() === '') return stored.schema;
  return schemas.stored(state, stored).formatted(format) ?? stored.schema;
}

function contentAnswer(
  view: RegistryView,
  stored: StoredSchema,
  { format = '', referenceFormat, findTags: wanted = [] }: SchemaForm,
): Record<string, unknown> {
  const { guid, schemaType, metadata, ruleSet, timestampMs, deleted } = stored;
  const tags = wanted.length === 0 ? [] : findTags(schemaType, stored.schema, wanted);
  return {
    guid,
    schemaType,
    ...nonEmpty({ references: shownReferences(stored, referenceFormat) }),
    ...(metadata === undefined ? {} : { metadata: metadataJson(metadata) }),
    ...(ruleSet === undefined ? {} : { ruleSet: ruleSetJson(ruleSet) }),
    schema: schemaTextAnswer(view, stored, format),
    ...nonEmpty({ schemaTags: tags }),
    ts: timestampMs,
    deleted,
  };
}

function shownReferences({ subject, references }: StoredSchema, form: string | undefined): object[] {
  if (form !== 'qualified' || contextOf(subject) === DEFAULT_CONTEXT) return referencesJson(references);
  return referencesJson(
    references.map((reference) => ({ ...reference, subject: qualifyWithParent(subject, reference.subject) })),
  );
}
