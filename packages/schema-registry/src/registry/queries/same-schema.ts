import type { ParsedSchema } from '../../format/schema-format.ts';
import { VERSION_PROPERTY, type Metadata, type RuleSet } from '../data-contract.ts';
import { withoutVersionProperty } from '../merge-data-contract.ts';
import type { StoredSchema } from '../stored-schema.ts';
import { metadataJson, ruleSetJson } from '../write-data-contract.ts';
import { referencesJson } from '../write-record.ts';
import type { CanonicalContent } from './canonical-content.ts';

/**
 * Does the request mean this stored version, although it is not written alike? It may have its references written out,
 * or lack the version in its metadata.
 */
export function isSameSchema(
  { parsed, content }: CanonicalContent,
  stored: StoredSchema,
  storedParsed: ParsedSchema,
): boolean {
  if (parsed.type !== storedParsed.type) return false;
  const isWrittenOut = content.references.length === 0 && stored.references.length > 0;
  const isSameText = isWrittenOut
    ? parsed.canonical === (storedParsed.formatted('resolved') ?? storedParsed.canonical)
    : content.schema === stored.schema && sameJson(references(content), references(stored));
  return (
    isSameText && isSameRuleSet(content.ruleSet, stored.ruleSet) && isSameMetadata(content.metadata, stored)
  );
}

function references(content: { readonly references: StoredSchema['references'] }): object {
  return referencesJson(content.references);
}

function isSameMetadata(metadata: Metadata | undefined, stored: StoredSchema): boolean {
  const wanted = versionNumber(metadata);
  const own = versionNumber(stored.metadata);
  if (wanted === own || (wanted !== undefined && own !== undefined)) {
    return sameJson(metadataJson(metadata), metadataJson(stored.metadata));
  }
  if (wanted !== undefined && wanted !== stored.version) return false;
  const left = withoutVersionProperty(metadata) ?? {};
  const right = withoutVersionProperty(stored.metadata) ?? {};
  return sameJson(metadataJson(left), metadataJson(right));
}

function isSameRuleSet(left: RuleSet | undefined, right: RuleSet | undefined): boolean {
  return sameJson(ruleSetJson(left), ruleSetJson(right));
}

function versionNumber(metadata: Metadata | undefined): number | undefined {
  const text = metadata?.properties?.[VERSION_PROPERTY];
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

function sameJson(left: object | undefined, right: object | undefined): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
