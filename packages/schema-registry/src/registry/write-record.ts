import { nonEmpty } from './json-value.ts';
import type {
  AssociationKey,
  AssociationValue,
  RegistryConfig,
  RegistryWrite,
  SchemaValue,
} from './registry-record.ts';
import type { SchemaReference } from './schema-identity.ts';
import { metadataJson, ruleSetJson } from './write-data-contract.ts';

/** The registry knows tenants, this server has one. */
const TENANT = 'default';

/**
 * Key and value as Confluent's registry writes them. Compaction compares key bytes, so each member of a key counts, and
 * its place.
 */
export function writeRecord(write: RegistryWrite): { readonly key: string; readonly value: string | null } {
  const value = write.value === null ? null : valueJson(write);
  return { key: JSON.stringify(keyJson(write)), value: value === null ? null : JSON.stringify(value) };
}

function keyJson({ type: keytype, key }: RegistryWrite): object {
  switch (keytype) {
    case 'SCHEMA':
      return { keytype, subject: key.subject, version: key.version, magic: 1 };
    case 'CONFIG':
    case 'MODE':
    case 'CLEAR_SUBJECT':
      return { keytype, ...(key.subject === undefined ? {} : { subject: key.subject }), magic: 0 };
    case 'DELETE_SUBJECT':
      return { keytype, subject: key.subject, magic: 0 };
    case 'CONTEXT':
      return { keytype, tenant: TENANT, context: key.context, magic: 0 };
    case 'ASSOC':
      return { keytype, tenant: TENANT, ...associationKeyJson(key), magic: 0 };
    case 'NOOP':
      return { keytype, magic: 0 };
  }
}

function associationKeyJson(key: AssociationKey): AssociationKey {
  const { resourceName, resourceNamespace, resourceType, associationType, subject } = key;
  return { resourceName, resourceNamespace, resourceType, associationType, subject };
}

function valueJson({ type, key, value }: RegistryWrite): object | null {
  switch (type) {
    case 'SCHEMA':
      return value === null ? null : schemaJson(value);
    case 'CONFIG':
      return value === null ? null : nonEmpty({ subject: key.subject, ...configJson(value) });
    case 'MODE':
    case 'DELETE_SUBJECT':
      return value === null ? null : nonEmpty({ subject: key.subject, ...value });
    case 'CLEAR_SUBJECT':
      return nonEmpty({ subject: key.subject });
    case 'CONTEXT':
      return { tenant: TENANT, context: key.context };
    case 'ASSOC':
      return value === null ? null : associationJson(value);
    case 'NOOP':
      return null;
  }
}

function schemaJson(value: SchemaValue): object {
  const { subject, version, id, schemaType, metadata, ruleSet, schema, deleted } = value;
  return {
    ...nonEmpty({ subject, version, id, schemaType, references: referencesJson(value.references) }),
    // Metadata without members still counts for the identity of the schema.
    ...(metadata === undefined ? {} : { metadata: metadataJson(metadata) }),
    ...(ruleSet === undefined ? {} : { ruleSet: ruleSetJson(ruleSet) }),
    schema,
    deleted,
  };
}

export function referencesJson(references: readonly SchemaReference[]): SchemaReference[] {
  return references.map(({ name, subject, version }) => ({ name, subject, version }));
}

/** The members that a config may have, in the order in which they are written and answered. */
export function configJson(config: RegistryConfig): Record<string, unknown> {
  return nonEmpty({
    alias: config.alias,
    aliasForDeks: config.aliasForDeks,
    normalize: config.normalize,
    validateFields: config.validateFields,
    validateNewSchemas: config.validateNewSchemas,
    validateRules: config.validateRules,
    compatibilityLevel: config.compatibilityLevel,
    compatibilityPolicy: config.compatibilityPolicy,
    compatibilityGroup: config.compatibilityGroup,
    defaultMetadata: metadataJson(config.defaultMetadata),
    overrideMetadata: metadataJson(config.overrideMetadata),
    defaultRuleSet: ruleSetJson(config.defaultRuleSet),
    overrideRuleSet: ruleSetJson(config.overrideRuleSet),
  });
}

function associationJson(value: AssociationValue): object {
  const { guid, resourceName, resourceNamespace, resourceId, resourceType, associationType } = value;
  const { subject, lifecycle, frozen, createTs } = value;
  const resource = { resourceName, resourceNamespace, resourceId, resourceType };
  return nonEmpty({
    guid,
    tenant: TENANT,
    ...resource,
    associationType,
    subject,
    lifecycle,
    frozen,
    createTs,
  });
}
