import { qualifyWithParent } from '../../subject/qualified-subject.ts';
import { byCodeUnit, ruleLists } from '../data-contract.ts';
import type { StoredAssociation } from '../association-index.ts';
import type { RegistryState } from '../registry-state.ts';
import type { StoredSchema } from '../stored-schema.ts';
import { associationsOfSubject } from './associations.ts';
import { matcherOf, selectSubjects } from './select-subjects.ts';

export interface SchemaSelection {
  readonly subjectPrefix: string;
  /** Also schemas of subjects that matching subjects are aliases of. */
  readonly withAliases: boolean;
  readonly includeDeleted: boolean;
  readonly latestOnly: boolean;
  /** Only with a rule of this type; empty: any. */
  readonly ruleType: string;
  readonly resourceType: string | undefined;
  readonly associationTypes: readonly string[];
  /** `STRONG`, `WEAK`, and `NONE` for subjects without association. */
  readonly lifecycles: readonly string[];
}

export interface SelectedSchema {
  readonly stored: StoredSchema;
  readonly aliases: readonly string[];
  readonly associations: readonly StoredAssociation[];
}

/** Schemas of many subjects, by subject and version. */
export function selectSchemas(state: RegistryState, selection: SchemaSelection): SelectedSchema[] {
  const aliases = selection.withAliases
    ? aliasesOf(state, selection.subjectPrefix)
    : new Map<string, string[]>();
  const named = selectSubjects(state, selection.subjectPrefix);
  const subjects = [...new Set([...named, ...aliases.keys()])].toSorted(byCodeUnit);
  return subjects
    .flatMap((subject) => versionsOf(state, subject, selection))
    .map((stored) => ({
      stored,
      aliases: aliases.get(stored.subject) ?? [],
      associations: associationsFor(state, stored, selection),
    }))
    .filter(({ associations }) => associations !== undefined)
    .map((selected) => ({ ...selected, associations: selected.associations ?? [] }));
}

function versionsOf(
  state: RegistryState,
  subject: string,
  { includeDeleted, latestOnly, ruleType }: SchemaSelection,
): StoredSchema[] {
  const shown = state.schemas.versions(subject).filter(({ deleted }) => includeDeleted || !deleted);
  return (latestOnly ? shown.slice(-1) : shown).filter(
    (stored) => ruleType === '' || hasRule(stored, ruleType),
  );
}

function hasRule({ ruleSet }: StoredSchema, type: string): boolean {
  return ruleLists.some((name) => ruleSet?.[name]?.some((rule) => rule.type === type) === true);
}

/** Subjects that stand for another one, by that one. */
function aliasesOf(state: RegistryState, prefix: string): Map<string, string[]> {
  const begins = matcherOf(prefix);
  const aliases = new Map<string, string[]>();
  for (const subject of state.subjectsWithConfig().filter(begins).toSorted(byCodeUnit)) {
    const alias = state.config(subject === '' ? undefined : subject)?.alias;
    if (alias === undefined) continue;
    const target = qualifyWithParent(subject, alias);
    aliases.set(target, [...(aliases.get(target) ?? []), subject]);
  }
  return aliases;
}

/** Undefined: the schema is not among those asked for. */
function associationsFor(
  state: RegistryState,
  { subject }: StoredSchema,
  { resourceType, associationTypes, lifecycles }: SchemaSelection,
): readonly StoredAssociation[] | undefined {
  const isAsked = resourceType !== undefined || associationTypes.length > 0 || lifecycles.length > 0;
  if (!isAsked) return [];
  const all = associationsOfSubject(state, subject, { resourceType, associationTypes });
  if (all.length === 0) return lifecycles.includes('NONE') ? [] : undefined;
  if (lifecycles.length === 0) return all;
  const matching = all.filter(({ lifecycle }) => lifecycles.includes(lifecycle));
  return matching.length === 0 ? undefined : matching;
}
