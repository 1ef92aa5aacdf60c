import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  DescribeUserScramCredentialsRequest,
  DescribeUserScramCredentialsResponse,
  type DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResultInput as DescribedUser,
} from '@millrace/protocol/messages/describe-user-scram-credentials';
import type { ScramCredentials } from '../metadata/cluster-image.ts';
import { duplicates } from '../controller/topic-request-error.ts';
import { scramMechanisms } from '../security/scram/scram-mechanism.ts';
import { requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

export const describeUserScramCredentials = defineHandler({
  key: ApiKey.DESCRIBE_USER_SCRAM_CREDENTIALS,
  minVersion: 0,
  maxVersion: 0,
  request: DescribeUserScramCredentialsRequest,
  response: DescribeUserScramCredentialsResponse,

  authorize: (_request, context) => requireAllowed(context, 'DESCRIBE', 'CLUSTER'),

  handle({ users }, { broker }) {
    const { scramCredentials } = broker.image;
    const asked = users?.map(({ name }) => name) ?? [];
    const twice = duplicates(asked);
    const names = asked.length === 0 ? allUsers(scramCredentials) : new Set(asked);
    const results = Array.from(names, (name) => describe(name, scramCredentials, twice));
    return { throttleTimeMs: 0, errorCode: ErrorCode.NONE, errorMessage: null, results };
  },

  fail: ({ errorCode, message }) => ({ throttleTimeMs: 0, errorCode, errorMessage: message, results: [] }),
});

function allUsers(credentials: ScramCredentials): ReadonlySet<string> {
  return new Set([...credentials.values()].flatMap((users) => [...users.keys()]));
}

/** Mechanisms and iterations; nothing that a password could be guessed by. */
function describe(user: string, credentials: ScramCredentials, twice: ReadonlySet<string>): DescribedUser {
  const credentialInfos = [...credentials].flatMap(([mechanism, users]) => {
    const iterations = users.get(user)?.iterations;
    return iterations === undefined ? [] : [{ mechanism: scramMechanisms[mechanism].id, iterations }];
  });
  const failed = (errorCode: number, errorMessage: string) => ({
    user,
    errorCode,
    errorMessage,
    credentialInfos: [],
  });
  if (twice.has(user)) {
    const problem = `Cannot describe SCRAM credentials for the same user twice in a single request: ${user}`;
    return failed(ErrorCode.DUPLICATE_RESOURCE, problem);
  }
  if (credentialInfos.length === 0) {
    const problem = `Attempt to describe a user credential that does not exist: ${user}`;
    return failed(ErrorCode.RESOURCE_NOT_FOUND, problem);
  }
  return { user, errorCode: ErrorCode.NONE, errorMessage: null, credentialInfos };
}
