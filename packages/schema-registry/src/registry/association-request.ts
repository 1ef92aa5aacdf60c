import { isJsonObject, textOf, type JsonObject } from './json-value.ts';
import type { Lifecycle } from './registry-record.ts';
import { RestError } from './rest-error.ts';
import { readSchemaRequest, type SchemaRequest } from './schema-request.ts';
import { hasControlCharacters } from '../subject/control-characters.ts';

const MAX_NAME_CHARACTERS = 256;

export interface ResourceName {
  readonly resourceName: string;
  readonly resourceNamespace: string;
  readonly resourceId: string | undefined;
  readonly resourceType: string;
}

/** One association as asked for; what is absent is decided by what exists. */
export interface AssociationWish {
  readonly subject: string | undefined;
  readonly associationType: string;
  readonly lifecycle: Lifecycle | undefined;
  readonly frozen: boolean | undefined;
  readonly schema: SchemaRequest | undefined;
  readonly normalize: boolean;
}

export interface AssociationRequest extends ResourceName {
  readonly associations: readonly AssociationWish[];
}

export function invalidAssociation(property: string, detail: string): RestError {
  return new RestError(
    'INVALID_ASSOCIATION',
    `The association specified an invalid value for property: '${property}', detail: ${detail}`,
  );
}

/** Subject that a resource owns: `:.<namespace>:<name>-<type>`. */
export function ownedSubject(
  { resourceNamespace, resourceName }: ResourceName,
  associationType: string,
): string {
  return `:.${resourceNamespace}:${resourceName}-${associationType}`;
}

/** @throws RestError INVALID_ASSOCIATION */
export function readResource(body: JsonObject, { dryRun }: { readonly dryRun: boolean }): ResourceName {
  const resourceId = textOf(body['resourceId']);
  const resourceType = textOf(body['resourceType']) ?? '';
  const resource = {
    resourceName: readName(body, 'resourceName'),
    resourceNamespace: readName(body, 'resourceNamespace'),
    resourceId: resourceId === '' ? undefined : resourceId,
    resourceType: 'topic',
  };
  if (!dryRun && resource.resourceId === undefined) {
    throw invalidAssociation('resourceId', 'cannot be null or empty');
  }
  if (resourceType !== '' && resourceType !== 'topic') {
    throw invalidAssociation('resourceType', "must be 'topic'");
  }
  return resource;
}

/** @throws RestError INVALID_ASSOCIATION */
export function readAssociationRequest(
  body: JsonObject,
  options: { readonly isCreate: boolean; readonly dryRun: boolean },
): AssociationRequest {
  const resource = readResource(body, options);
  const list = body['associations'];
  if (!Array.isArray(list) || list.length === 0) {
    throw invalidAssociation('associations', 'cannot be null or empty');
  }
  const wishes = list.map((item) => readWish(isJsonObject(item) ? item : {}));
  const associations = options.isCreate
    ? wishes.map((wish) => completeNew(wish, resource))
    : wishes.map((wish) => checkWish(wish));
  const types = associations.map(({ associationType }) => associationType);
  const repeated = types.find((type, index) => types.indexOf(type) !== index);
  if (repeated !== undefined) {
    throw invalidAssociation(
      'associationType',
      `may only appear once per request, but '${repeated}' appears more than once`,
    );
  }
  return { ...resource, associations };
}

export function readWish(item: JsonObject): AssociationWish {
  const type = textOf(item['associationType']) ?? '';
  if (type !== '' && type !== 'key' && type !== 'value') {
    throw invalidAssociation('associationType', "must be either 'key' or 'value'");
  }
  const lifecycle = textOf(item['lifecycle']);
  if (lifecycle !== undefined && lifecycle !== 'STRONG' && lifecycle !== 'WEAK') {
    throw invalidAssociation('lifecycle', "must be either 'STRONG' or 'WEAK'");
  }
  const subject = textOf(item['subject']);
  if (subject === '' || (subject !== undefined && hasControlCharacters(subject))) {
    throw invalidAssociation('subject', 'must not be empty');
  }
  return {
    subject,
    associationType: type === '' ? 'value' : type,
    lifecycle,
    frozen: typeof item['frozen'] === 'boolean' ? item['frozen'] : undefined,
    schema: isJsonObject(item['schema']) ? readSchemaRequest(item['schema']) : undefined,
    normalize: item['normalize'] === true,
  };
}

/** What a new association is where the request says nothing: with a schema STRONG, else WEAK; STRONG is frozen. */
export function withDefaults(wish: AssociationWish): AssociationWish {
  const { schema, frozen } = wish;
  if (schema !== undefined && wish.lifecycle === 'WEAK') {
    throw invalidAssociation('lifecycle', 'cannot be WEAK when schema is provided');
  }
  if (schema !== undefined && frozen === false) {
    throw invalidAssociation('frozen', 'cannot be false when a schema is provided');
  }
  const lifecycle = schema === undefined ? (wish.lifecycle ?? 'WEAK') : 'STRONG';
  checkFrozen(lifecycle, frozen ?? lifecycle === 'STRONG');
  return { ...wish, lifecycle, frozen: lifecycle === 'STRONG' };
}

export function checkFrozen(lifecycle: Lifecycle, frozen: boolean): void {
  if (frozen === (lifecycle === 'STRONG')) return;
  throw invalidAssociation('frozen', `association with lifecycle of ${lifecycle} cannot be frozen=${frozen}`);
}

/** STRONG ones have the subject that the resource owns, WEAK ones another one. */
export function checkSubject(subject: string, owned: string, lifecycle: Lifecycle): void {
  if (lifecycle === 'STRONG' && subject !== owned) {
    throw invalidAssociation('subject', `frozen associations must use subject '${owned}'`);
  }
  if (lifecycle === 'WEAK' && subject === owned) {
    throw invalidAssociation('subject', `WEAK associations cannot use subject '${owned}'`);
  }
}

function completeNew(wish: AssociationWish, resource: ResourceName): AssociationWish {
  const complete = withDefaults(wish);
  const owned = ownedSubject(resource, complete.associationType);
  if (complete.lifecycle === 'WEAK' && complete.subject === undefined) {
    throw invalidAssociation('subject', 'must be provided for WEAK associations');
  }
  const subject = complete.subject ?? owned;
  checkSubject(subject, owned, complete.lifecycle ?? 'WEAK');
  return { ...complete, subject };
}

function checkWish(wish: AssociationWish): AssociationWish {
  if (wish.lifecycle === 'WEAK' && wish.schema !== undefined) {
    throw invalidAssociation('lifecycle', 'cannot be WEAK when schema is provided');
  }
  if (wish.lifecycle === 'WEAK' && wish.frozen === true) {
    throw invalidAssociation('frozen', 'association with lifecycle of WEAK cannot be frozen');
  }
  return wish;
}

function readName(body: JsonObject, name: string): string {
  const value = textOf(body[name]);
  if (value === undefined || value === '') throw invalidAssociation(name, 'cannot be null or empty');
  if (value.length > MAX_NAME_CHARACTERS) {
    throw invalidAssociation(name, `exceeds max length of ${MAX_NAME_CHARACTERS}`);
  }
  // Topics may have dots in their names, so they are taken here, too.
  const illegal = /[^\p{L}\p{Nd}._-]/u.exec(value);
  if (illegal !== null) throw invalidAssociation(name, `illegal character '${illegal[0]}'`);
  return value;
}
