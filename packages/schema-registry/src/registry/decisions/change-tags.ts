import type { Metadata, RuleSet } from '../data-contract.ts';
import { isJsonObject, textOf, wholeNumberOf, type JsonObject } from '../json-value.ts';
import { mergeRuleSets, withoutRules, withVersionProperty } from '../merge-data-contract.ts';
import { readMetadata, readRuleSet } from '../read-data-contract.ts';
import type { Decision, RegistryView } from '../registry-view.ts';
import { RestError } from '../rest-error.ts';
import type { StoredSchema } from '../stored-schema.ts';
import { changeTags } from '../tags/inline-tags.ts';
import { readTagChanges, type TagChange } from '../tags/tag-change.ts';
import { checkRules } from './change-config.ts';
import { decideRegister } from './register.ts';

/** The body of `…/versions/{v}/tags`. */
export interface TagRequest {
  /** 0: the next one. */
  readonly newVersion: number;
  readonly tagsToAdd: readonly TagChange[];
  readonly tagsToRemove: readonly TagChange[];
  readonly metadata: Metadata | undefined;
  readonly ruleSet: RuleSet | undefined;
  readonly rulesToMerge: RuleSet | undefined;
  readonly rulesToRemove: readonly string[] | undefined;
}

/** @throws RestError INVALID_RULE_SET */
export function readTagRequest(body: JsonObject): TagRequest {
  const names = body['rulesToRemove'];
  const request: TagRequest = {
    newVersion: wholeNumberOf(body['newVersion']) ?? 0,
    tagsToAdd: readTagChanges(body['tagsToAdd']),
    tagsToRemove: readTagChanges(body['tagsToRemove']),
    metadata: isJsonObject(body['metadata']) ? readMetadata(body['metadata']) : undefined,
    ruleSet: readRuleSet(body['ruleSet']),
    rulesToMerge: readRuleSet(body['rulesToMerge']),
    rulesToRemove: Array.isArray(names) ? names.map((name) => textOf(name) ?? '') : undefined,
  };
  if (changesRules(request) && request.ruleSet !== undefined) {
    throw new RestError(
      'INVALID_RULE_SET',
      'ruleSet should be omitted if specifying rulesToMerge or rulesToRemove',
    );
  }
  checkRules(request.ruleSet);
  checkRules(request.rulesToMerge);
  return request;
}

/** Registers a version with other tags, metadata or rules than an existing one has. */
export function decideChangeTags(
  view: RegistryView,
  subject: string,
  stored: StoredSchema,
  request: TagRequest,
): Decision<StoredSchema> {
  const { schemaType, references } = stored;
  const version = request.newVersion;
  const metadata = withVersionProperty(request.metadata ?? stored.metadata, version);
  const change = { add: request.tagsToAdd, remove: request.tagsToRemove };
  const asked = {
    schema: changeTags(schemaType, stored.schema, change),
    schemaType,
    references,
    metadata,
    ruleSet: changesRules(request) ? changedRules(view, subject, request) : request.ruleSet,
    version,
    id: -1,
    tagsToAdd: [],
    tagsToRemove: [],
    propagatesTags: false,
  };
  return decideRegister(view, subject, asked, { normalize: false, force: false });
}

function changesRules({ rulesToMerge, rulesToRemove }: TagRequest): boolean {
  return rulesToMerge !== undefined || rulesToRemove !== undefined;
}

function changedRules({ state }: RegistryView, subject: string, request: TagRequest): RuleSet | undefined {
  const before =
    request.newVersion > 0
      ? state.schemas.version(subject, request.newVersion - 1)
      : state.schemas.latest(subject);
  const merged = mergeRuleSets(before?.ruleSet, request.rulesToMerge);
  return merged === undefined ? undefined : withoutRules(merged, request.rulesToRemove ?? []);
}
