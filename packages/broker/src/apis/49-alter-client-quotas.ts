import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  AlterClientQuotasRequest,
  AlterClientQuotasResponse,
} from '@millrace/protocol/messages/alter-client-quotas';
import { alterClientQuotas as alter } from '../controller/alter-client-quotas.ts';
import { quotaEntity } from '../quota/client-quota.ts';
import { requireAllowed } from './access.ts';
import { always, defineHandler } from './handler.ts';

export const alterClientQuotas = defineHandler({
  key: ApiKey.ALTER_CLIENT_QUOTAS,
  minVersion: 0,
  maxVersion: 1,
  isForwarded: always,
  request: AlterClientQuotasRequest,
  response: AlterClientQuotasResponse,

  authorize: (_request, context) => requireAllowed(context, 'ALTER_CONFIGS', 'CLUSTER'),

  async handle({ entries, validateOnly }, { broker }) {
    const alterations = entries.map(({ entity, ops }) => ({ entity: quotaEntity(entity), ops }));
    const altered = await broker.controller.run((state) => alter(state, alterations, validateOnly));
    return {
      throttleTimeMs: 0,
      entries: altered.map(({ entity, error }) => ({
        errorCode: error?.errorCode ?? ErrorCode.NONE,
        errorMessage: error?.message ?? null,
        entity: Array.from(entity, ([entityType, entityName]) => ({ entityType, entityName })),
      })),
    };
  },

  fail: ({ errorCode, message }, { entries }) => ({
    throttleTimeMs: 0,
    entries: entries.map(({ entity }) => ({ errorCode, errorMessage: message, entity })),
  }),
});
