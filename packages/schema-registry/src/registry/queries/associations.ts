import { byCodeUnit } from '../data-contract.ts';
import type { StoredAssociation } from '../association-index.ts';
import type { Lifecycle } from '../registry-record.ts';
import type { RegistryState } from '../registry-state.ts';

/** In the place of a resource's name or namespace: any. */
export const ANY_RESOURCE = '-';

export interface AssociationFilter {
  readonly resourceType?: string | undefined;
  /** Empty: any. */
  readonly associationTypes?: readonly string[];
  readonly lifecycle?: Lifecycle | undefined;
}

export function associationsOfSubject(
  state: RegistryState,
  subject: string,
  filter: AssociationFilter = {},
): StoredAssociation[] {
  return select(state.associations.ofSubject(subject), filter);
}

export function associationsOfResourceId(
  state: RegistryState,
  resourceId: string,
  filter: AssociationFilter = {},
): StoredAssociation[] {
  return select(state.associations.ofResourceId(resourceId), filter);
}

export function associationsOfResource(
  state: RegistryState,
  { resourceName, resourceNamespace }: { readonly resourceName: string; readonly resourceNamespace: string },
  filter: AssociationFilter = {},
): StoredAssociation[] {
  const named =
    resourceName === ANY_RESOURCE
      ? state.associations.all()
      : state.associations.ofResourceName(resourceName);
  const found = select(named, filter);
  if (resourceNamespace === ANY_RESOURCE) return found;
  return found.filter((association) => association.resourceNamespace === resourceNamespace);
}

function select(
  associations: Iterable<StoredAssociation>,
  { resourceType, associationTypes = [], lifecycle }: AssociationFilter,
): StoredAssociation[] {
  return [...associations]
    .filter((association) => resourceType === undefined || association.resourceType === resourceType)
    .filter(
      ({ associationType }) => associationTypes.length === 0 || associationTypes.includes(associationType),
    )
    .filter((association) => lifecycle === undefined || association.lifecycle === lifecycle)
    .toSorted((left, right) => byCodeUnit(sortKey(left), sortKey(right)));
}

function sortKey(association: StoredAssociation): string {
  const { resourceName, resourceNamespace, resourceType, associationType, subject } = association;
  return [resourceName, resourceNamespace, resourceType, associationType, subject].join('\0');
}
