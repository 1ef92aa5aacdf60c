import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  AlterUserScramCredentialsRequest,
  AlterUserScramCredentialsResponse,
} from '@millrace/protocol/messages/alter-user-scram-credentials';
import { alterScramUsers } from '../controller/alter-scram-users.ts';
import { requireAllowed } from './access.ts';
import { always, defineHandler } from './handler.ts';

export const alterUserScramCredentials = defineHandler({
  key: ApiKey.ALTER_USER_SCRAM_CREDENTIALS,
  minVersion: 0,
  maxVersion: 0,
  isForwarded: always,
  request: AlterUserScramCredentialsRequest,
  response: AlterUserScramCredentialsResponse,

  authorize: (_request, context) => requireAllowed(context, 'ALTER', 'CLUSTER'),

  async handle(request, { broker }) {
    const altered = await broker.controller.run((state) => alterScramUsers(state, request));
    return {
      throttleTimeMs: 0,
      results: altered.map(({ user, error }) => ({
        user,
        errorCode: error?.errorCode ?? ErrorCode.NONE,
        errorMessage: error?.message ?? null,
      })),
    };
  },

  fail({ errorCode, message }, { deletions, upsertions }) {
    const users = new Set([...deletions, ...upsertions].map(({ name }) => name));
    const results = Array.from(users, (user) => ({ user, errorCode, errorMessage: message }));
    return { throttleTimeMs: 0, results };
  },
});
