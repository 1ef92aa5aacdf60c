import type { KafkaError } from '@millrace/protocol';
import type {
  AlterUserScramCredentialsRequest,
  AlterUserScramCredentialsRequestScramCredentialUpsertion as Upsertion,
} from '@millrace/protocol/messages/alter-user-scram-credentials';
import {
  RemoveUserScramCredentialRecord,
  UserScramCredentialRecord,
} from '@millrace/protocol/messages/metadata-records';
import type { MetadataRecord } from '../metadata/metadata-record.ts';
import { credentialOf } from '../security/scram/scram-credential.ts';
import {
  scramMechanismById,
  scramMechanisms,
  type ScramMechanismName,
} from '../security/scram/scram-mechanism.ts';
import { attempt } from './attempt.ts';
import type { ControllerResult, ControllerState } from './controller-operation.ts';
import { duplicates, refuse } from './topic-request-error.ts';

export interface AlteredUser {
  readonly user: string;
  readonly error: KafkaError | undefined;
}

interface Alteration {
  readonly name: string;
  readonly mechanism: number;
}

/** Sets and removes SCRAM credentials, one of each user: a second for the same user refuses both, as in Apache Kafka. */
export function alterScramUsers(
  state: ControllerState,
  { deletions, upsertions }: AlterUserScramCredentialsRequest,
): ControllerResult<AlteredUser[]> {
  const all: readonly Alteration[] = [...deletions, ...upsertions];
  const twice = duplicates(all.map(({ name }) => name));
  const records: MetadataRecord[] = [];
  const response = [...new Set(all.map(({ name }) => name))].map((user): AlteredUser => {
    const error = attempt(() => {
      const own: MetadataRecord[] = [];
      for (const alteration of all) if (alteration.name === user) checkAlteration(alteration, twice);
      for (const deletion of deletions) if (deletion.name === user) own.push(removal(state, deletion));
      for (const upsertion of upsertions) if (upsertion.name === user) own.push(credentialRecord(upsertion));
      records.push(...own);
    });
    return { user, error };
  });
  return { records, response };
}

function checkAlteration(alteration: Alteration, twice: ReadonlySet<string>): void {
  if (alteration.name === '') throw refuse('UNACCEPTABLE_CREDENTIAL', 'Username must not be empty');
  if (twice.has(alteration.name)) {
    throw refuse('DUPLICATE_RESOURCE', 'A user credential cannot be altered twice in the same request');
  }
  requireMechanism(alteration);
}

function requireMechanism({ mechanism }: Alteration): ScramMechanismName {
  const name = scramMechanismById(mechanism);
  if (name === undefined) throw refuse('UNSUPPORTED_SASL_MECHANISM', 'Unknown SCRAM mechanism');
  return name;
}

function removal({ image }: ControllerState, { name, mechanism }: Alteration): MetadataRecord {
  const users = image.scramCredentials.get(requireMechanism({ name, mechanism }));
  if (users?.has(name) !== true) {
    throw refuse('RESOURCE_NOT_FOUND', 'Attempt to delete a user credential that does not exist');
  }
  return {
    type: 'RemoveUserScramCredential',
    data: RemoveUserScramCredentialRecord.create({ name, mechanism }),
  };
}

function credentialRecord(upsertion: Upsertion): MetadataRecord {
  const { name, mechanism, iterations, salt, saltedPassword } = upsertion;
  const mechanismName = requireMechanism(upsertion);
  const { minIterations, maxIterations } = scramMechanisms[mechanismName];
  if (iterations < minIterations) throw refuse('UNACCEPTABLE_CREDENTIAL', 'Too few iterations');
  if (iterations > maxIterations) throw refuse('UNACCEPTABLE_CREDENTIAL', 'Too many iterations');
  const credential = credentialOf(mechanismName, saltedPassword, { salt, iterations });
  return {
    type: 'UserScramCredential',
    data: UserScramCredentialRecord.create({ name, mechanism, ...credential }),
  };
}
