import type { StoredAssociation } from '../../registry/association-index.ts';
import type { ResourceName } from '../../registry/association-request.ts';
import { nonEmpty } from '../../registry/json-value.ts';
import type { RegistryView } from '../../registry/registry-view.ts';
import type { StoredSchema } from '../../registry/stored-schema.ts';
import { schemaAnswer } from './schema-answers.ts';

export function associationAnswer(association: StoredAssociation): object {
  const { subject, guid, resourceName, resourceNamespace, resourceId, resourceType } = association;
  const { associationType, lifecycle, frozen, createTs, updateTs } = association;
  const resource = { resourceName, resourceNamespace, resourceId, resourceType };
  return nonEmpty({ subject, guid, ...resource, associationType, lifecycle, frozen, createTs, updateTs });
}

/** A resource with its associations, and the schemas that belong to them. */
export function resourceAnswer(
  view: RegistryView,
  { resourceName, resourceNamespace, resourceId, resourceType }: Partial<ResourceName>,
  associations: readonly StoredAssociation[],
  schemas: ReadonlyMap<string, StoredSchema>,
): object {
  return nonEmpty({
    resourceName,
    resourceNamespace,
    resourceId,
    resourceType,
    associations: associations.map(({ subject, associationType, lifecycle, frozen }) => {
      const stored = schemas.get(associationType);
      const schema = stored === undefined ? undefined : schemaAnswer(view, stored);
      return nonEmpty({ subject, associationType, lifecycle, frozen, schema });
    }),
  });
}
