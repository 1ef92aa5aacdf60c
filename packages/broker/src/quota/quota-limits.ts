import { QuotaEntityType, type ClientQuotas } from './client-quota.ts';

/** Who is charged. */
export interface QuotaSubject {
  /** The principal without its type. */
  readonly user: string;
  readonly clientId: string;
}

/** The limit that holds for somebody. */
export interface QuotaLimit {
  readonly perSec: number;
  /** Those with the same key share the limit: a user with all clients, a client id with all users, or one of both. */
  readonly sharedKey: string;
  /** Who shares it, for people who look at it. */
  readonly owner: QuotaOwner;
}

/** A user, a client id, or one of both; what does not matter is empty. */
export interface QuotaOwner {
  readonly user: string;
  readonly clientId: string;
}

interface UserLimits {
  own: number | undefined;
  readonly byClient: Map<string | null, number>;
}

/**
 * The limits of one kind, found in Kafka's order: user and client id, user and any client, user, any user and client
 * id, any user and any client, any user, client id, any client.
 */
export class QuotaLimits {
  readonly isEmpty: boolean;
  readonly #byUser = new Map<string | null, UserLimits>();
  readonly #byClient = new Map<string | null, number>();

  constructor(quotas: ClientQuotas, quotaKey: string) {
    for (const { entity, values } of quotas.values()) {
      const perSec = values.get(quotaKey);
      if (perSec === undefined || entity.has(QuotaEntityType.IP)) continue;
      const user = entity.get(QuotaEntityType.USER);
      const clientId = entity.get(QuotaEntityType.CLIENT_ID);
      if (user === undefined) this.#byClient.set(clientId!, perSec);
      else if (clientId === undefined) this.#limitsOf(user).own = perSec;
      else this.#limitsOf(user).byClient.set(clientId, perSec);
    }
    this.isEmpty = this.#byUser.size === 0 && this.#byClient.size === 0;
  }

  find(subject: QuotaSubject): QuotaLimit | undefined {
    const { user, clientId } = subject;
    const ofUser = limitIn(this.#byUser.get(user), subject) ?? limitIn(this.#byUser.get(null), subject);
    if (ofUser !== undefined) return ofUser;
    const perSec = this.#byClient.get(clientId) ?? this.#byClient.get(null);
    return perSec === undefined
      ? undefined
      : { perSec, sharedKey: `client ${clientId}`, owner: { user: '', clientId } };
  }

  #limitsOf(user: string | null): UserLimits {
    let limits = this.#byUser.get(user);
    if (limits === undefined) this.#byUser.set(user, (limits = { own: undefined, byClient: new Map() }));
    return limits;
  }
}

function limitIn(limits: UserLimits | undefined, { user, clientId }: QuotaSubject): QuotaLimit | undefined {
  if (limits === undefined) return undefined;
  const perSec = limits.byClient.get(clientId) ?? limits.byClient.get(null);
  // The length keeps a user `a b` with client `c` apart from user `a` with client `b c`.
  if (perSec !== undefined)
    return { perSec, sharedKey: `both ${user.length} ${user} ${clientId}`, owner: { user, clientId } };
  return limits.own === undefined
    ? undefined
    : { perSec: limits.own, sharedKey: `user ${user}`, owner: { user, clientId: '' } };
}
