import { KafkaError } from '@millrace/protocol';
import type { DescribeClientQuotasRequest } from '@millrace/protocol/messages/describe-client-quotas';
import { QuotaEntityType, type ClientQuota, type ClientQuotas, type QuotaEntity } from './client-quota.ts';

/** How a type of a filter is matched, by Kafka's numbers: by name, as the default, or in any way. */
export const QuotaMatch = { EXACT: 0, DEFAULT: 1, ANY: 2 } as const;

const knownTypes: ReadonlySet<string> = new Set(Object.values(QuotaEntityType));

/** By type: a name, `null` for the default, `undefined` for any. */
type Filter = ReadonlyMap<string, string | null | undefined>;

/** The quotas that a filter of DescribeClientQuotas means. @throws KafkaError */
export function findQuotas(quotas: ClientQuotas, request: DescribeClientQuotasRequest): ClientQuota[] {
  const filter = parseFilter(request);
  // A strict filter without components asks for entities without types, of which there are none.
  return [...quotas.values()].filter(({ entity }) => matches(entity, filter, request.strict));
}

function parseFilter({ components }: DescribeClientQuotasRequest): Filter {
  const filter = new Map<string, string | null | undefined>();
  for (const { entityType, matchType, match } of components) {
    if (entityType === '') throw invalid('Invalid empty entity type.');
    if (filter.has(entityType))
      throw invalid(`Entity type ${entityType} cannot appear more than once in the filter.`);
    if (!knownTypes.has(entityType))
      throw new KafkaError('UNSUPPORTED_VERSION', `Unsupported entity type ${entityType}`);
    filter.set(entityType, wanted(matchType, match));
  }
  if (filter.has(QuotaEntityType.IP) && filter.size > 1)
    throw invalid('An IP filter component cannot be used with a user or client id filter component.');
  return filter;
}

function wanted(matchType: number, match: string | null): string | null | undefined {
  if (matchType === QuotaMatch.EXACT) {
    if (match === null) throw invalid('A match by name needs a name.');
    return match;
  }
  if (matchType !== QuotaMatch.DEFAULT && matchType !== QuotaMatch.ANY)
    throw invalid(`Unknown match type ${matchType}`);
  if (match !== null) throw invalid('Only a match by name has a name.');
  return matchType === QuotaMatch.DEFAULT ? null : undefined;
}

function matches(entity: QuotaEntity, filter: Filter, isStrict: boolean): boolean {
  if (isStrict && entity.size !== filter.size) return false;
  for (const [type, name] of filter) {
    if (!entity.has(type) || (name !== undefined && entity.get(type) !== name)) return false;
  }
  return true;
}

function invalid(text: string): KafkaError {
  return new KafkaError('INVALID_REQUEST', text);
}
