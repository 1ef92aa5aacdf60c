import {
  contextOf,
  DEFAULT_CONTEXT,
  normalizeSubject,
  parseSubject,
  qualifyWithParent,
} from '../../subject/qualified-subject.ts';
import {
  checkFrozen,
  checkSubject,
  invalidAssociation,
  ownedSubject,
  withDefaults,
  type AssociationRequest,
  type AssociationWish,
} from '../association-request.ts';
import type { StoredAssociation } from '../association-index.ts';
import {
  associationsOfResource,
  associationsOfResourceId,
  associationsOfSubject,
} from '../queries/associations.ts';
import { lookUp } from '../queries/look-up.ts';
import type { AssociationValue, Lifecycle, RegistryWrite, SchemaValue } from '../registry-record.ts';
import type { RegistryState } from '../registry-state.ts';
import type { Decision, RegistryView } from '../registry-view.ts';
import { referenceExists, RestError } from '../rest-error.ts';
import { modeInScope } from '../setting-scope.ts';
import type { StoredSchema } from '../stored-schema.ts';
import { checkWritable } from './check-writable.ts';
import { decideRegister } from './register.ts';

export interface AssociateOptions {
  /** Create only: what exists must be the same. */
  readonly isCreate: boolean;
  readonly dryRun: boolean;
  /** The context for subjects that name none, as a prefix. */
  readonly context: string;
  /** For the GUIDs of new associations. */
  readonly newGuid: () => string;
}

export interface AssociateAnswer {
  readonly associations: readonly StoredAssociation[];
  /** What was registered on the way, by association type. */
  readonly schemas: ReadonlyMap<string, StoredSchema>;
}

/** A wish with everything decided. */
interface Plan {
  readonly wish: AssociationWish;
  readonly subject: string;
  readonly lifecycle: Lifecycle;
  readonly frozen: boolean;
  readonly old: StoredAssociation | undefined;
}

/** Ties subjects to a resource, with their first schemas where the request brings some. All of it, or nothing. */
export function decideAssociate(
  view: RegistryView,
  request: AssociationRequest,
  options: AssociateOptions,
): Decision<AssociateAnswer> {
  const old = existing(view.state, request, options);
  const plans = request.associations
    .map((wish) => qualify(view.state, wish, options.context))
    .map((wish) => plan(view, request, wish, { old: old.get(wish.associationType), ...options }));
  checkUniform(old, plans);
  for (const each of plans) checkSharing(view, each, plans);
  const changed = plans.filter((each) => !isUnchanged(each));
  const registered = register(view, plans);
  if (options.dryRun) return { writes: [], answer: () => ({ associations: [], schemas: new Map() }) };
  const associationWrites = changed.map((each) => associationWrite(request, each, options.newGuid));
  return {
    writes: [...registered.writes, ...associationWrites],
    answer: (state) => ({
      associations: changed.flatMap(({ subject, wish }) =>
        associationsOfSubject(state, subject, { associationTypes: [wish.associationType] }).filter(
          ({ resourceId }) => resourceId === request.resourceId,
        ),
      ),
      schemas: new Map([...registered.answers].map(([type, answer]) => [type, answer(state)])),
    }),
  };
}

/** The resource's associations by type. Before a topic has an id, it is found by its name. */
function existing(
  state: RegistryState,
  request: AssociationRequest,
  { isCreate, dryRun }: AssociateOptions,
): ReadonlyMap<string, StoredAssociation> {
  const { resourceId, resourceType } = request;
  const found =
    resourceId === undefined && isCreate && dryRun
      ? associationsOfResource(state, request, { resourceType })
      : associationsOfResourceId(state, resourceId ?? '', { resourceType });
  return new Map(found.map((association) => [association.associationType, association]));
}

function qualify(state: RegistryState, wish: AssociationWish, context: string): AssociationWish {
  if (wish.subject === undefined) return wish;
  const named =
    contextOf(wish.subject) === DEFAULT_CONTEXT
      ? `${context}${parseSubject(wish.subject).name}`
      : wish.subject;
  const alias = state.config(named)?.alias;
  const subject = alias === undefined ? normalizeSubject(named) : qualifyWithParent(named, alias);
  checkWritable(state, subject);
  return { ...wish, subject };
}

function plan(
  view: RegistryView,
  request: AssociationRequest,
  asked: AssociationWish,
  { old, isCreate }: { readonly old: StoredAssociation | undefined; readonly isCreate: boolean },
): Plan {
  if (old === undefined && !isCreate && asked.schema !== undefined) {
    throw invalidAssociation(
      'schema',
      'cannot be provided when adding an association to an existing topic; ' +
        'an association with a schema must be created with the topic',
    );
  }
  const wish = old === undefined ? withDefaults(asked) : asked;
  const lifecycle = wish.lifecycle ?? old?.lifecycle ?? 'WEAK';
  const owned = ownedSubject(request, wish.associationType);
  const subject = wish.subject ?? old?.subject ?? (lifecycle === 'STRONG' ? owned : undefined);
  if (subject === undefined) throw invalidAssociation('subject', 'must be provided for WEAK associations');
  checkSubject(subject, owned, lifecycle);
  const frozen = wish.frozen ?? old?.frozen ?? lifecycle === 'STRONG';
  checkFrozen(lifecycle, frozen);
  const result: Plan = { wish, subject, lifecycle, frozen, old };
  if (old === undefined) checkNew(view, result, isCreate);
  else checkChange(view, result, isCreate);
  return result;
}

function checkNew(view: RegistryView, { wish, subject, lifecycle }: Plan, isCreate: boolean): void {
  const isImport = modeInScope(view.state, subject) === 'IMPORT';
  if (lifecycle === 'WEAK' || isImport) return;
  if (!isCreate) {
    throw invalidAssociation(
      'lifecycle',
      'cannot be STRONG when creating an association; STRONG associations must be created with the topic',
    );
  }
  if (wish.schema === undefined) {
    throw invalidAssociation('schema', 'schema must be provided when creating a frozen association');
  }
  const latest = view.state.schemas.latest(subject);
  if (latest === undefined) return;
  if (latest.version === 1 && lookUpWish(view, subject, wish) !== undefined) return;
  throw invalidAssociation(
    'frozen',
    'cannot create a frozen association when schemas already exist in the subject',
  );
}

function checkChange(view: RegistryView, planned: Plan, isCreate: boolean): void {
  const { wish, subject, lifecycle } = planned;
  const old = planned.old!;
  const exists = () =>
    new RestError(
      'ASSOCIATION_FOR_RESOURCE_EXISTS',
      `An association of type '${old.associationType}' already exists for resource '${old.resourceName}'`,
    );
  if (isUnchanged(planned)) {
    if (isCreate && wish.schema !== undefined && lookUpWish(view, subject, wish) === undefined)
      throw exists();
    return;
  }
  if (isCreate) throw exists();
  if (wish.lifecycle === undefined && wish.schema === undefined) {
    throw invalidAssociation('lifecycle', 'at least lifecycle or schema must be provided for update');
  }
  if (old.subject !== subject) {
    throw invalidAssociation(
      'subject',
      `subject of association cannot be changed from '${old.subject}' to '${subject}'`,
    );
  }
  if (wish.frozen !== undefined && wish.frozen !== old.frozen) {
    throw invalidAssociation('frozen', 'frozen attribute of association cannot be changed');
  }
  if (old.frozen || lifecycle !== old.lifecycle) {
    throw new RestError(
      'ASSOCIATION_FROZEN',
      `The association of type  '${old.associationType}' is frozen for subject '${old.subject}'`,
    );
  }
}

function isUnchanged({ old, wish, subject }: Plan): boolean {
  if (old === undefined || old.subject !== subject) return false;
  const { lifecycle = old.lifecycle, frozen = old.frozen } = wish;
  return lifecycle === old.lifecycle && frozen === old.frozen;
}

function lookUpWish(view: RegistryView, subject: string, wish: AssociationWish): StoredSchema | undefined {
  const { schema, normalize } = wish;
  return schema === undefined
    ? undefined
    : lookUp(view, subject, schema, { normalize, includeDeleted: false });
}

/** A resource either owns all of its subjects, or shares all of them. */
function checkUniform(old: ReadonlyMap<string, StoredAssociation>, plans: readonly Plan[]): void {
  const lifecycles = new Map([...old].map(([type, { lifecycle }]) => [type, lifecycle]));
  for (const { wish, lifecycle } of plans) lifecycles.set(wish.associationType, lifecycle);
  if (new Set(lifecycles.values()).size <= 1) return;
  const detail = [...lifecycles].map(([type, lifecycle]) => `${type}=${lifecycle}`).join(', ');
  throw invalidAssociation(
    'lifecycle',
    `all associations for a resource must have the same lifecycle, but got ${detail}`,
  );
}

/** Who else has, or refers to, the subject. */
function checkSharing(
  { state }: RegistryView,
  { wish, subject, lifecycle, old }: Plan,
  plans: readonly Plan[],
): void {
  if (wish.schema !== undefined && modeInScope(state, subject) === 'IMPORT') {
    throw invalidAssociation('schema', `cannot be provided while subject '${subject}' is in IMPORT mode`);
  }
  if (wish.schema === undefined && state.schemas.latest(subject) === undefined) {
    throw new RestError(
      'NO_ACTIVE_VERSION',
      `No active (non-deleted) version exists for subject '${subject}'`,
    );
  }
  const others = associationsOfSubject(state, subject).filter((other) => other !== old);
  if (lifecycle === 'WEAK') {
    if (!others.some((other) => other.lifecycle === 'STRONG')) return;
    throw new RestError(
      'STRONG_ASSOCIATION_EXISTS',
      `A strong association already exists for subject '${subject}'`,
    );
  }
  if (others.length > 0) {
    throw new RestError(
      'ASSOCIATION_FOR_SUBJECT_EXISTS',
      `An association already exists for subject '${subject}'`,
    );
  }
  const isReferred = state.schemas
    .versions(subject)
    .some(({ version }) => [...state.schemas.referrers(subject, version)].length > 0);
  if (isReferred || plans.some((other) => refersTo(other, subject))) throw referenceExists(subject);
}

function refersTo(plan: Plan, subject: string): boolean {
  const references = plan.wish.schema?.references ?? [];
  return references.some((reference) => qualifyWithParent(plan.subject, reference.subject) === subject);
}

function register(
  view: RegistryView,
  plans: readonly Plan[],
): {
  readonly writes: readonly RegistryWrite[];
  readonly answers: ReadonlyMap<string, (state: RegistryState) => StoredSchema>;
} {
  const writes: RegistryWrite[] = [];
  const together: SchemaValue[] = [];
  const answers = new Map<string, (state: RegistryState) => StoredSchema>();
  for (const { wish, subject } of plans) {
    const { schema, normalize, associationType } = wish;
    if (schema === undefined) continue;
    const decision = decideRegister(view, subject, schema, { normalize, force: false, together });
    answers.set(associationType, (state) => decision.answer(state));
    for (const write of decision.writes) {
      const isRepeated = write.type === 'CONTEXT' && writes.some(({ type }) => type === 'CONTEXT');
      if (!isRepeated) writes.push(write);
      if (write.type === 'SCHEMA' && write.value !== null) together.push(write.value);
    }
  }
  return { writes, answers };
}

function associationWrite(
  request: AssociationRequest,
  { wish, subject, lifecycle, frozen, old }: Plan,
  newGuid: () => string,
): RegistryWrite {
  const { resourceName, resourceNamespace, resourceId = '', resourceType } = old ?? request;
  const { associationType } = wish;
  const key = { resourceName, resourceNamespace, resourceType, associationType, subject };
  const value: AssociationValue = {
    guid: old?.guid ?? newGuid(),
    ...key,
    resourceId,
    lifecycle,
    frozen,
    ...(old === undefined ? {} : { createTs: old.createTs }),
  };
  return { type: 'ASSOC', key, value };
}
