import { ErrorCode } from '@millrace/protocol';
import {
  AlterClientQuotasRequest,
  AlterClientQuotasResponse,
} from '@millrace/protocol/messages/alter-client-quotas';
import {
  DescribeClientQuotasRequest,
  DescribeClientQuotasResponse,
} from '@millrace/protocol/messages/describe-client-quotas';
import { defineApi } from '../cluster/api.ts';
import { kafkaFailure } from '../cluster/kafka-failure.ts';
import type { AdminCallOptions, AdminContext } from './admin-context.ts';
import { retryCall } from './retry-call.ts';
import { toController } from './routes.ts';
import { runItems } from './run-items.ts';

const DESCRIBE = defineApi(DescribeClientQuotasRequest, DescribeClientQuotasResponse);
const ALTER = defineApi(AlterClientQuotasRequest, AlterClientQuotasResponse);

const EXACT_MATCH = 0;
const DEFAULT_MATCH = 1;
const ANY_MATCH = 2;

/** Whom quotas hold for, by kind; `null` is the default of all without their own. */
export interface QuotaEntity {
  readonly user?: string | null;
  readonly 'client-id'?: string | null;
  readonly ip?: string | null;
}

/** What quotas can be for. */
export type QuotaEntityType = keyof QuotaEntity;

/** Kafka's names of quotas. */
export type QuotaName =
  | 'producer_byte_rate'
  | 'consumer_byte_rate'
  | 'request_percentage'
  | 'controller_mutation_rate'
  | 'connection_creation_rate';

/** Which entities to list: a name, `null` for the default, `any` for whatever has the kind. */
export interface QuotaFilter {
  readonly components: readonly {
    readonly type: QuotaEntityType;
    readonly match: 'any' | { readonly name: string | null };
  }[];
  /** Only entities that have no other kinds than those named. Default false. */
  readonly strict?: boolean;
}

/** The quotas of an entity. */
export interface ClientQuota {
  readonly entity: QuotaEntity;
  /** By Kafka's name. */
  readonly values: ReadonlyMap<string, number>;
}

/** Quotas of an entity to set or to remove; those not named stay. */
export interface QuotaChange {
  readonly entity: QuotaEntity;
  /** `null` removes a quota. */
  readonly values: Readonly<Partial<Record<QuotaName, number | null>>>;
}

/** For `alterClientQuotas()`. */
export interface AlterClientQuotasOptions extends AdminCallOptions {
  /** Default false. */
  readonly validateOnly?: boolean;
}

/** @param filter Default: everything */
export function describeClientQuotas(
  context: AdminContext,
  filter: QuotaFilter,
  options: AdminCallOptions,
): Promise<ClientQuota[]> {
  return retryCall(context, 'describeClientQuotas', options, async () => {
    const message = {
      components: filter.components.map(({ type, match }) => ({
        entityType: type,
        matchType: match === 'any' ? ANY_MATCH : match.name === null ? DEFAULT_MATCH : EXACT_MATCH,
        match: match === 'any' ? null : match.name,
      })),
      strict: filter.strict ?? false,
    };
    const { response } = await context.cluster.send({ to: 'any', api: DESCRIBE, message });
    const { errorCode, errorMessage, entries } = response;
    if (errorCode !== ErrorCode.NONE) throw kafkaFailure(errorCode, 'DescribeClientQuotas', errorMessage);
    return (entries ?? []).map(({ entity, values }) => ({
      entity: entityOf(entity),
      values: new Map(values.map(({ key, value }) => [key, value])),
    }));
  });
}

export async function alterClientQuotas(
  context: AdminContext,
  changes: readonly QuotaChange[],
  options: AlterClientQuotasOptions,
): Promise<void> {
  const { validateOnly = false } = options;
  await runItems<QuotaChange, true>(
    context,
    {
      operation: 'alterClientQuotas',
      items: changes,
      keyOf: ({ entity }) => entityText(entity),
      route: toController,
      ask: async ({ to, items }) => {
        const message = { validateOnly, entries: items.map(entryOf) };
        const { response } = await context.cluster.send({ to, api: ALTER, message });
        return new Map(
          response.entries.map(({ entity, errorCode, errorMessage }): [string, true | Error] => {
            const key = entityText(entityOf(entity));
            if (errorCode === ErrorCode.NONE) return [key, true];
            return [key, kafkaFailure(errorCode, `Changing the quotas of ${key}`, errorMessage)];
          }),
        );
      },
    },
    options,
  );
}

function entryOf({ entity, values }: QuotaChange) {
  return {
    entity: parts(entity).map(([entityType, entityName]) => ({ entityType, entityName })),
    ops: Object.entries(values).map(([key, value]) => ({ key, value: value ?? 0, remove: value === null })),
  };
}

function parts(entity: QuotaEntity): [string, string | null][] {
  return Object.entries(entity).filter(([, name]) => name !== undefined);
}

/** For example `user alice, client-id default`; the order of the kinds does not matter. */
function entityText(entity: QuotaEntity): string {
  return parts(entity)
    .map(([type, name]) => `${type} ${name === null ? 'default' : `"${name}"`}`)
    .toSorted()
    .join(', ');
}

function entityOf(
  entity: readonly { readonly entityType: string; readonly entityName: string | null }[],
): QuotaEntity {
  return Object.fromEntries(entity.map(({ entityType, entityName }) => [entityType, entityName]));
}
