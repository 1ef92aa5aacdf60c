import { ApiKey, ErrorCode } from '@millrace/protocol';
import { CreateAclsRequest, CreateAclsResponse } from '@millrace/protocol/messages/create-acls';
import { createAcls } from '../controller/alter-acls.ts';
import { requireAllowed } from './access.ts';
import { always, defineHandler } from './handler.ts';
import { requireAuthorizer } from './require-authorizer.ts';

export const createAclsHandler = defineHandler({
  key: ApiKey.CREATE_ACLS,
  minVersion: 1,
  maxVersion: 3,
  isForwarded: always,
  request: CreateAclsRequest,
  response: CreateAclsResponse,

  authorize: (_request, context) => requireAllowed(context, 'ALTER', 'CLUSTER'),

  validate: (_request, { broker }) => requireAuthorizer(broker),

  async handle({ creations }, { broker }) {
    const acls = creations.map(({ resourcePatternType: patternType, ...acl }) => ({ ...acl, patternType }));
    const errors = await broker.controller.run((state) => createAcls(state, acls));
    return {
      throttleTimeMs: 0,
      results: errors.map((error) => ({
        errorCode: error?.errorCode ?? ErrorCode.NONE,
        errorMessage: error?.message ?? null,
      })),
    };
  },

  fail: ({ errorCode, message }, { creations }) => ({
    throttleTimeMs: 0,
    results: creations.map(() => ({ errorCode, errorMessage: message })),
  }),
});
