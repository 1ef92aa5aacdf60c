import { ErrorCode } from '@millrace/protocol';
import {
  AlterClientQuotasRequest,
  AlterClientQuotasResponse,
} from '@millrace/protocol/messages/alter-client-quotas';
import {
  DescribeClientQuotasRequest,
  DescribeClientQuotasResponse,
  type DescribeClientQuotasRequestComponentDataInput,
} from '@millrace/protocol/messages/describe-client-quotas';
import type { RawConnection } from './raw-connection.ts';

export type QuotaComponent = DescribeClientQuotasRequestComponentDataInput;

/** Sets quotas of an entity; `undefined` removes one. @returns the error code */
export async function alterQuotas(
  connection: RawConnection,
  entity: Readonly<Record<string, string | null>>,
  values: Readonly<Record<string, number | undefined>>,
  validateOnly = false,
): Promise<number> {
  const ops = Object.entries(values).map(([key, value]) => ({
    key,
    value: value ?? 0,
    remove: value === undefined,
  }));
  const parts = Object.entries(entity).map(([entityType, entityName]) => ({ entityType, entityName }));
  const { entries } = await connection.send({
    request: AlterClientQuotasRequest,
    response: AlterClientQuotasResponse,
    version: 1,
    message: { entries: [{ entity: parts, ops }], validateOnly },
  });
  return entries[0]!.errorCode;
}

/** What is set for whom; the error code where that is refused. */
export async function describeQuotas(
  connection: RawConnection,
  components: readonly QuotaComponent[],
  strict = false,
): Promise<Readonly<Record<string, Readonly<Record<string, number>>>> | number> {
  const { errorCode, entries } = await connection.send({
    request: DescribeClientQuotasRequest,
    response: DescribeClientQuotasResponse,
    version: 1,
    message: { components, strict },
  });
  if (errorCode !== ErrorCode.NONE) return errorCode;
  return Object.fromEntries(
    entries!.map(({ entity, values }) => [
      entity.map(({ entityType, entityName }) => `${entityType}=${entityName ?? '<default>'}`).join(','),
      Object.fromEntries(values.map(({ key, value }) => [key, value])),
    ]),
  );
}
