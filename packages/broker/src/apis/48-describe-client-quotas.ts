import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  DescribeClientQuotasRequest,
  DescribeClientQuotasResponse,
} from '@millrace/protocol/messages/describe-client-quotas';
import { findQuotas } from '../quota/find-quotas.ts';
import { compareQuotaKeys } from '../quota/quota-keys.ts';
import { requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

export const describeClientQuotas = defineHandler({
  key: ApiKey.DESCRIBE_CLIENT_QUOTAS,
  minVersion: 0,
  maxVersion: 1,
  request: DescribeClientQuotasRequest,
  response: DescribeClientQuotasResponse,

  authorize: (_request, context) => requireAllowed(context, 'DESCRIBE_CONFIGS', 'CLUSTER'),

  handle: (request, { broker }) => ({
    throttleTimeMs: 0,
    errorCode: ErrorCode.NONE,
    errorMessage: null,
    entries: findQuotas(broker.image.clientQuotas, request).map(({ entity, values }) => ({
      entity: Array.from(entity, ([entityType, entityName]) => ({ entityType, entityName })),
      values: Array.from(values, ([key, value]) => ({ key, value })).toSorted((a, b) =>
        compareQuotaKeys(a.key, b.key),
      ),
    })),
  }),

  fail: ({ errorCode, message }) => ({
    throttleTimeMs: 0,
    errorCode,
    errorMessage: message,
    entries: null,
  }),
});
