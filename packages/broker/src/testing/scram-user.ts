import { pbkdf2Sync } from 'node:crypto';
import { ErrorCode } from '@millrace/protocol';
import {
  AlterUserScramCredentialsRequest,
  AlterUserScramCredentialsResponse,
} from '@millrace/protocol/messages/alter-user-scram-credentials';
import { scramMechanisms, type ScramMechanismName } from '../security/scram/scram-mechanism.ts';
import type { RawConnection } from './raw-connection.ts';

const ITERATIONS = 4096;

/** Sets the password of a user as Kafka's tools do: the broker gets a salted hash. */
export async function setScramPassword(
  connection: RawConnection,
  mechanismName: ScramMechanismName,
  name: string,
  password: string,
): Promise<void> {
  const { id: mechanism, digest, keyBytes } = scramMechanisms[mechanismName];
  const salt = Buffer.from(`salt of ${name}`);
  const saltedPassword = pbkdf2Sync(password, salt, ITERATIONS, keyBytes, digest);
  const upsertions = [{ name, mechanism, iterations: ITERATIONS, salt, saltedPassword }];
  const { results } = await connection.send({
    request: AlterUserScramCredentialsRequest,
    response: AlterUserScramCredentialsResponse,
    version: 0,
    message: { deletions: [], upsertions },
  });
  if (results[0]!.errorCode !== ErrorCode.NONE) throw new Error(results[0]!.errorMessage ?? 'refused');
}
