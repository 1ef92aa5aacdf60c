import { ErrorCode, type KafkaError } from '@millrace/protocol';
import {
  AlterUserScramCredentialsRequest,
  AlterUserScramCredentialsResponse,
} from '@millrace/protocol/messages/alter-user-scram-credentials';
import {
  DescribeUserScramCredentialsRequest,
  DescribeUserScramCredentialsResponse,
} from '@millrace/protocol/messages/describe-user-scram-credentials';
import { defineApi } from '../cluster/api.ts';
import { kafkaFailure } from '../cluster/kafka-failure.ts';
import { saltPassword, type ScramName } from '../security/salt-password.ts';
import type { AdminCallOptions, AdminContext } from './admin-context.ts';
import { retryCall } from './retry-call.ts';
import { ItemsFailedError } from './items-failed-error.ts';
import { runItems, type Route } from './run-items.ts';

const DESCRIBE = defineApi(DescribeUserScramCredentialsRequest, DescribeUserScramCredentialsResponse);
const ALTER = defineApi(AlterUserScramCredentialsRequest, AlterUserScramCredentialsResponse);

const mechanismIds: Readonly<Record<ScramName, number>> = { 'SCRAM-SHA-256': 1, 'SCRAM-SHA-512': 2 };
const DEFAULT_ITERATIONS = 4096;
const SALT_BYTES = 24;

/** What a user can authenticate by; the password itself is not kept anywhere. */
export interface ScramCredentialInfo {
  readonly mechanism: ScramName;
  readonly iterations: number;
}

/** A change of one credential of a user. */
export type ScramCredentialChange =
  | {
      readonly user: string;
      readonly mechanism: ScramName;
      readonly password: string;
      /** 4096 to 16384. Default 4096. */
      readonly iterations?: number;
    }
  | { readonly user: string; readonly mechanism: ScramName; readonly remove: true };

export function describeUserScramCredentials(
  context: AdminContext,
  users: readonly string[] | undefined,
  options: AdminCallOptions,
): Promise<Map<string, ScramCredentialInfo[]>> {
  return retryCall(context, 'describeUserScramCredentials', options, async () => {
    const message = { users: users?.map((name) => ({ name })) ?? null };
    const { response } = await context.cluster.send({ to: 'any', api: DESCRIBE, message });
    if (response.errorCode !== ErrorCode.NONE) {
      throw kafkaFailure(response.errorCode, 'DescribeUserScramCredentials', response.errorMessage);
    }
    return describedUsers(response);
  });
}

function describedUsers({
  results,
}: DescribeUserScramCredentialsResponse): Map<string, ScramCredentialInfo[]> {
  const described = new Map<string, ScramCredentialInfo[]>();
  const errors = new Map<string, KafkaError>();
  for (const { user, errorCode, errorMessage, credentialInfos } of results) {
    if (errorCode === ErrorCode.NONE) described.set(user, credentialInfos.map(credentialInfo));
    else errors.set(user, kafkaFailure(errorCode, `Describing user "${user}"`, errorMessage));
  }
  if (errors.size > 0) throw new ItemsFailedError('describeUserScramCredentials', described, errors);
  return described;
}

export async function alterUserScramCredentials(
  context: AdminContext,
  changes: readonly ScramCredentialChange[],
  options: AdminCallOptions,
): Promise<void> {
  await runItems<ScramCredentialChange, true>(
    context,
    {
      operation: 'alterUserScramCredentials',
      items: changes,
      keyOf: changeKey,
      route: byMechanism,
      ask: (route) => alterUsers(context, route),
    },
    options,
  );
}

function changeKey({ user, mechanism }: ScramCredentialChange): string {
  return `${user} (${mechanism})`;
}

/** A request may hold each user once. */
function byMechanism(changes: readonly ScramCredentialChange[]): Route<ScramCredentialChange>[] {
  const groups = Map.groupBy(changes, ({ mechanism }) => mechanism);
  return Array.from(groups.values(), (items) => ({ to: 'controller', items }));
}

async function alterUsers(
  { cluster }: AdminContext,
  { to, items }: Route<ScramCredentialChange>,
): Promise<Map<string, true | Error>> {
  const deletions = items
    .filter((change) => 'remove' in change)
    .map(({ user, mechanism }) => ({ name: user, mechanism: mechanismIds[mechanism] }));
  const upsertions = items
    .filter((change) => 'password' in change)
    .map(async ({ user, mechanism, password, iterations = DEFAULT_ITERATIONS }) => {
      const salt = cluster.host.random.bytes(SALT_BYTES);
      const saltedPassword = await saltPassword(cluster.host, mechanism, password, { salt, iterations });
      return { name: user, mechanism: mechanismIds[mechanism], iterations, salt, saltedPassword };
    });
  const message = { deletions, upsertions: await Promise.all(upsertions) };
  const { response } = await cluster.send({ to, api: ALTER, message });
  const answers = new Map(response.results.map((result) => [result.user, result]));
  return new Map(
    items.flatMap((change): [string, true | Error][] => {
      const key = changeKey(change);
      const answer = answers.get(change.user);
      if (answer === undefined) return [];
      const { errorCode, errorMessage } = answer;
      if (errorCode === ErrorCode.NONE) return [[key, true]];
      return [[key, kafkaFailure(errorCode, `Altering the password of ${key}`, errorMessage)]];
    }),
  );
}

function credentialInfo({
  mechanism,
  iterations,
}: {
  readonly mechanism: number;
  readonly iterations: number;
}) {
  const names = Object.keys(mechanismIds) as ScramName[];
  const name = names.find((one) => mechanismIds[one] === mechanism) ?? (String(mechanism) as ScramName);
  return { mechanism: name, iterations };
}
