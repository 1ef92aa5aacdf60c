/**
 * What a quota is for: types of entity with the name, `null` for the default of all that have no quota of their own.
 * In the order of the types.
 */
export type QuotaEntity = ReadonlyMap<string, string | null>;

/** Kafka's names of the types. */
export const QuotaEntityType = { USER: 'user', CLIENT_ID: 'client-id', IP: 'ip' } as const;

/** The limits of one entity, by Kafka's names. */
export interface ClientQuota {
  readonly entity: QuotaEntity;
  readonly values: ReadonlyMap<string, number>;
}

/** All quotas of a cluster, by `quotaEntityKey`. */
export type ClientQuotas = ReadonlyMap<string, ClientQuota>;

/** An entity from its parts; of a type that is named twice the last name counts. */
export function quotaEntity(
  parts: readonly { readonly entityType: string; readonly entityName: string | null }[],
): QuotaEntity {
  const names = parts.map(({ entityType, entityName }) => [entityType, entityName] as const);
  return new Map(names.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The same text for the same entity. */
export function quotaEntityKey(entity: QuotaEntity): string {
  return JSON.stringify([...entity]);
}
