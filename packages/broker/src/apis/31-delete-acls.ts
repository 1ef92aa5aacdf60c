import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  DeleteAclsRequest,
  DeleteAclsResponse,
  type DeleteAclsResponseDeleteAclsFilterResultInput,
} from '@millrace/protocol/messages/delete-acls';
import { deleteAcls, type DeletedAcls } from '../controller/alter-acls.ts';
import { requireAllowed } from './access.ts';
import { always, defineHandler } from './handler.ts';
import { requireAuthorizer } from './require-authorizer.ts';

export const deleteAclsHandler = defineHandler({
  key: ApiKey.DELETE_ACLS,
  minVersion: 1,
  maxVersion: 3,
  isForwarded: always,
  request: DeleteAclsRequest,
  response: DeleteAclsResponse,

  authorize: (_request, context) => requireAllowed(context, 'ALTER', 'CLUSTER'),

  validate: (_request, { broker }) => requireAuthorizer(broker),

  async handle({ filters }, { broker }) {
    const deleted = await broker.controller.run((state) => deleteAcls(state, filters));
    return { throttleTimeMs: 0, filterResults: deleted.map(filterResult) };
  },

  fail: ({ errorCode, message }, { filters }) => ({
    throttleTimeMs: 0,
    filterResults: filters.map(() => ({ errorCode, errorMessage: message, matchingAcls: [] })),
  }),
});

function filterResult({ error, acls }: DeletedAcls): DeleteAclsResponseDeleteAclsFilterResultInput {
  return {
    errorCode: error?.errorCode ?? ErrorCode.NONE,
    errorMessage: error?.message ?? null,
    matchingAcls: acls.map((acl) => ({ errorCode: ErrorCode.NONE, errorMessage: null, ...acl })),
  };
}
