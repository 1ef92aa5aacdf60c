import { associationsOfResourceId } from '../queries/associations.ts';
import type { StoredAssociation } from '../association-index.ts';
import type { RegistryWrite } from '../registry-record.ts';
import type { Decision, RegistryView } from '../registry-view.ts';
import { referenceExists, RestError } from '../rest-error.ts';
import { modeInScope } from '../setting-scope.ts';
import { checkWritable } from './check-writable.ts';
import { keyText, referrersOf, tombstone } from './delete-version.ts';

export interface DissociateRequest {
  readonly resourceId: string;
  readonly resourceType: string;
  /** Empty: all. */
  readonly associationTypes: readonly string[];
  /** With the subjects that the resource owns. */
  readonly cascadeLifecycle: boolean;
  readonly dryRun: boolean;
}

/** Takes associations of a resource away. */
export function decideDissociate(view: RegistryView, request: DissociateRequest): Decision<void> {
  const { resourceId, resourceType, associationTypes, cascadeLifecycle, dryRun } = request;
  const found = associationsOfResourceId(view.state, resourceId, { resourceType, associationTypes });
  if (found.length === 0) {
    throw new RestError('ASSOCIATION_NOT_FOUND', `Association for '${resourceId}' not found.`);
  }
  for (const { subject, frozen, associationType } of found) {
    checkWritable(view.state, subject);
    if (frozen && !cascadeLifecycle) {
      throw new RestError(
        'ASSOCIATION_FROZEN',
        `The association of type  '${associationType}' is frozen for subject '${subject}'`,
      );
    }
  }
  const writes = found.flatMap((association) => removal(view, association, cascadeLifecycle));
  return { writes: dryRun ? [] : writes, answer: () => undefined };
}

function removal(
  { state }: RegistryView,
  { resourceName, resourceNamespace, resourceType, associationType, subject, lifecycle }: StoredAssociation,
  cascades: boolean,
): RegistryWrite[] {
  const key = { resourceName, resourceNamespace, resourceType, associationType, subject };
  const own: RegistryWrite = { type: 'ASSOC', key, value: null };
  if (!cascades || lifecycle !== 'STRONG' || modeInScope(state, subject) === 'IMPORT') return [own];
  const versions = state.schemas.versions(subject);
  for (const stored of versions) {
    const others = referrersOf(state, stored, true).filter((referrer) => referrer.subject !== subject);
    if (others.length > 0) throw referenceExists(keyText(stored));
  }
  const settings = (['MODE', 'CONFIG'] as const).filter((type) =>
    type === 'MODE' ? state.mode(subject) !== undefined : state.config(subject) !== undefined,
  );
  return [
    own,
    ...versions.toReversed().map(tombstone),
    ...settings.map((type): RegistryWrite => ({ type, key: { subject }, value: null })),
  ];
}
