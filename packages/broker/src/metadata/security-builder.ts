import type { Acl } from '../security/acl/acl.ts';
import type { ScramCredential } from '../security/scram/scram-credential.ts';
import { scramMechanismById, type ScramMechanismName } from '../security/scram/scram-mechanism.ts';
import type { ClusterImage } from './cluster-image.ts';
import type { MetadataRecord } from './metadata-record.ts';

/** The records about users and access. */
export type SecurityRecord = Extract<
  MetadataRecord,
  {
    type:
      | 'UserScramCredential'
      | 'RemoveUserScramCredential'
      | 'AccessControlEntry'
      | 'RemoveAccessControlEntry';
  }
>;

type SecurityImage = Pick<ClusterImage, 'scramCredentials' | 'acls'>;

/** The part of `ImageBuilder` that is about users and access. The base stays as it is; what changes is copied once. */
export class SecurityBuilder {
  readonly #base: SecurityImage;
  #scramCredentials: Map<ScramMechanismName, Map<string, ScramCredential>> | undefined;
  #acls: Map<string, Acl> | undefined;

  constructor(base: SecurityImage) {
    this.#base = base;
  }

  /** @returns why the record cannot be applied, `undefined` when it was */
  apply(record: SecurityRecord): string | undefined {
    switch (record.type) {
      case 'UserScramCredential': {
        const { name, mechanism, salt, storedKey, serverKey, iterations } = record.data;
        // Slices of a whole metadata batch must not keep it in memory.
        const credential = {
          salt: Buffer.from(salt),
          storedKey: Buffer.from(storedKey),
          serverKey: Buffer.from(serverKey),
          iterations,
        };
        return this.#changeUsers(mechanism, (users) => void users.set(name, credential));
      }
      case 'RemoveUserScramCredential': {
        const { name, mechanism } = record.data;
        return this.#changeUsers(mechanism, (users) =>
          users.delete(name) ? undefined : `user ${name} has no credential of mechanism ${mechanism}`,
        );
      }
      case 'AccessControlEntry': {
        const { id, ...acl } = record.data;
        this.#ownAcls().set(id, { ...acl, id });
        return undefined;
      }
      case 'RemoveAccessControlEntry':
        return this.#ownAcls().delete(record.data.id) ? undefined : `ACL ${record.data.id} is unknown`;
    }
  }

  build(): SecurityImage {
    return {
      scramCredentials: this.#scramCredentials ?? this.#base.scramCredentials,
      acls: this.#acls ?? this.#base.acls,
    };
  }

  #changeUsers(
    mechanismId: number,
    change: (users: Map<string, ScramCredential>) => string | undefined,
  ): string | undefined {
    const mechanism = scramMechanismById(mechanismId);
    if (mechanism === undefined) return `SCRAM mechanism ${mechanismId} is unknown`;
    this.#scramCredentials ??= new Map(
      [...this.#base.scramCredentials].map(([name, users]) => [name, new Map(users)]),
    );
    const users = this.#scramCredentials.get(mechanism) ?? new Map<string, ScramCredential>();
    this.#scramCredentials.set(mechanism, users);
    return change(users);
  }

  #ownAcls(): Map<string, Acl> {
    return (this.#acls ??= new Map(this.#base.acls));
  }
}
