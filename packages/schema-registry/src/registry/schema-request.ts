import type { SchemaType } from '../format/schema-format.ts';
import type { Metadata, RuleSet } from './data-contract.ts';
import { isJsonObject, textOf, wholeNumberOf, type JsonObject } from './json-value.ts';
import { readMetadata, readRuleSet } from './read-data-contract.ts';
import { readReferences } from './read-record.ts';
import type { SchemaReference } from './schema-identity.ts';
import { readTagChanges, type TagChange } from './tags/tag-change.ts';

/** The body of register, lookup and compatibility requests. */
export interface SchemaRequest {
  /** Empty: the text of the latest version, to change metadata or rules alone. */
  readonly schema: string;
  readonly schemaType: SchemaType;
  readonly references: readonly SchemaReference[];
  readonly metadata?: Metadata | undefined;
  readonly ruleSet?: RuleSet | undefined;
  /** 0: the next one. -1: match or extend the latest one. */
  readonly version: number;
  /** -1: the registry chooses. */
  readonly id: number;
  readonly tagsToAdd: readonly TagChange[];
  readonly tagsToRemove: readonly TagChange[];
  readonly propagatesTags: boolean;
}

export function readSchemaRequest(body: JsonObject): SchemaRequest {
  return {
    schema: textOf(body['schema']) ?? '',
    schemaType: (textOf(body['schemaType']) ?? 'AVRO') as SchemaType,
    references: readReferences(body['references']),
    metadata: isJsonObject(body['metadata']) ? readMetadata(body['metadata']) : undefined,
    ruleSet: readRuleSet(body['ruleSet'] ?? body['ruleset']),
    version: wholeNumberOf(body['version']) ?? 0,
    id: wholeNumberOf(body['id']) ?? -1,
    tagsToAdd: readTagChanges(body['schemaTagsToAdd']),
    tagsToRemove: readTagChanges(body['schemaTagsToRemove']),
    propagatesTags: body['propagateSchemaTags'] === true,
  };
}
