import { isJsonObject, textOf, wholeNumberOf } from '../registry/json-value.ts';

/** How an instance is reached by the others, and whether it may lead. */
export interface RegistryIdentity {
  readonly host: string;
  readonly port: number;
  readonly scheme: string;
  readonly isEligible: boolean;
  /** Whether it leads as it joins; sticky elections look at it. */
  readonly isLeader?: boolean;
}

const FORMAT_VERSION = 1;

export function urlOf({ scheme, host, port }: RegistryIdentity): string {
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

export function identityJson(identity: RegistryIdentity): object {
  const { host, port, isEligible, scheme, isLeader } = identity;
  return {
    version: FORMAT_VERSION,
    host,
    port,
    master_eligibility: isEligible,
    scheme,
    ...(isLeader === undefined ? {} : { leader: isLeader }),
  };
}

/** @throws RangeError for what is no identity */
export function readIdentity(value: unknown): RegistryIdentity {
  const host = isJsonObject(value) ? textOf(value['host']) : undefined;
  const port = isJsonObject(value) ? wholeNumberOf(value['port']) : undefined;
  if (!isJsonObject(value) || host === undefined || port === undefined) {
    throw new RangeError('an identity needs host and port');
  }
  return {
    host,
    port,
    scheme: textOf(value['scheme']) ?? 'http',
    isEligible: value['master_eligibility'] === true,
    ...(value['leader'] === true ? { isLeader: true } : {}),
  };
}
