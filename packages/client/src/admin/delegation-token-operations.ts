import { ErrorCode } from '@millrace/protocol';
import {
  CreateDelegationTokenRequest,
  CreateDelegationTokenResponse,
} from '@millrace/protocol/messages/create-delegation-token';
import {
  DescribeDelegationTokenRequest,
  DescribeDelegationTokenResponse,
} from '@millrace/protocol/messages/describe-delegation-token';
import {
  ExpireDelegationTokenRequest,
  ExpireDelegationTokenResponse,
} from '@millrace/protocol/messages/expire-delegation-token';
import {
  RenewDelegationTokenRequest,
  RenewDelegationTokenResponse,
} from '@millrace/protocol/messages/renew-delegation-token';
import { defineApi } from '../cluster/api.ts';
import { kafkaFailure } from '../cluster/kafka-failure.ts';
import type { AdminCallOptions, AdminContext } from './admin-context.ts';
import { retryCall } from './retry-call.ts';

const CREATE = defineApi(CreateDelegationTokenRequest, CreateDelegationTokenResponse);
const RENEW = defineApi(RenewDelegationTokenRequest, RenewDelegationTokenResponse);
const EXPIRE = defineApi(ExpireDelegationTokenRequest, ExpireDelegationTokenResponse);
const DESCRIBE = defineApi(DescribeDelegationTokenRequest, DescribeDelegationTokenResponse);

/** The setting of the broker counts. */
const BY_DEFAULT = -1;

/** For example `{ type: 'User', name: 'alice' }`. */
export interface PrincipalName {
  readonly type: string;
  readonly name: string;
}

/** What a client authenticates by instead of its password: `tokenId` as user, `hmac` in base64 as password. */
export interface DelegationToken {
  readonly tokenId: string;
  /** A secret. */
  readonly hmac: Buffer;
  readonly owner: PrincipalName;
  readonly requester: PrincipalName;
  /** Who may renew it besides its owner. */
  readonly renewers: readonly PrincipalName[];
  readonly issuedTimestampMs: number;
  readonly expiryTimestampMs: number;
  /** It cannot be renewed beyond this. */
  readonly maxTimestampMs: number;
}

/** For `createDelegationToken()`. */
export interface CreateDelegationTokenOptions extends AdminCallOptions {
  /** Default: who asks. */
  readonly owner?: PrincipalName;
  /** Who may renew it besides its owner. Default: nobody. */
  readonly renewers?: readonly PrincipalName[];
  /** Default: that of the broker. */
  readonly maxLifetimeMs?: number;
}

export function createDelegationToken(
  context: AdminContext,
  options: CreateDelegationTokenOptions,
): Promise<DelegationToken> {
  const { owner, renewers = [], maxLifetimeMs = BY_DEFAULT } = options;
  return retryCall(context, 'createDelegationToken', options, async () => {
    const message = {
      ownerPrincipalType: owner?.type ?? null,
      ownerPrincipalName: owner?.name ?? null,
      renewers: renewers.map(principalOf),
      maxLifetimeMs,
    };
    const { response } = await context.cluster.send({ to: 'controller', api: CREATE, message });
    throwOnError('CreateDelegationToken', response);
    return {
      tokenId: response.tokenId,
      hmac: response.hmac,
      owner: { type: response.principalType, name: response.principalName },
      requester: {
        type: response.tokenRequesterPrincipalType,
        name: response.tokenRequesterPrincipalName,
      },
      renewers,
      issuedTimestampMs: response.issueTimestampMs,
      expiryTimestampMs: response.expiryTimestampMs,
      maxTimestampMs: response.maxTimestampMs,
    };
  });
}

/** @returns when it expires now, in milliseconds since 1970 */
export function renewDelegationToken(
  context: AdminContext,
  hmac: Buffer,
  options: AdminCallOptions & { readonly renewPeriodMs?: number },
): Promise<number> {
  const { renewPeriodMs = BY_DEFAULT } = options;
  return retryCall(context, 'renewDelegationToken', options, async () => {
    const message = { hmac, renewPeriodMs };
    const { response } = await context.cluster.send({ to: 'controller', api: RENEW, message });
    throwOnError('RenewDelegationToken', response);
    return response.expiryTimestampMs;
  });
}

/** At once without `expiryPeriodMs`. @returns when it expires, in milliseconds since 1970 */
export function expireDelegationToken(
  context: AdminContext,
  hmac: Buffer,
  options: AdminCallOptions & { readonly expiryPeriodMs?: number },
): Promise<number> {
  const { expiryPeriodMs = BY_DEFAULT } = options;
  return retryCall(context, 'expireDelegationToken', options, async () => {
    const message = { hmac, expiryTimePeriodMs: expiryPeriodMs };
    const { response } = await context.cluster.send({ to: 'controller', api: EXPIRE, message });
    throwOnError('ExpireDelegationToken', response);
    return response.expiryTimestampMs;
  });
}

/** @param owners Default: everybody whose tokens may be seen */
export function describeDelegationTokens(
  context: AdminContext,
  owners: readonly PrincipalName[] | undefined,
  options: AdminCallOptions,
): Promise<DelegationToken[]> {
  return retryCall(context, 'describeDelegationTokens', options, async () => {
    const message = { owners: owners?.map(principalOf) ?? null };
    const { response } = await context.cluster.send({ to: 'any', api: DESCRIBE, message });
    throwOnError('DescribeDelegationToken', response);
    return response.tokens.map((token) => ({
      tokenId: token.tokenId,
      hmac: token.hmac,
      owner: { type: token.principalType, name: token.principalName },
      requester: { type: token.tokenRequesterPrincipalType, name: token.tokenRequesterPrincipalName },
      renewers: token.renewers.map(({ principalType, principalName }) => ({
        type: principalType,
        name: principalName,
      })),
      issuedTimestampMs: token.issueTimestamp,
      expiryTimestampMs: token.expiryTimestamp,
      maxTimestampMs: token.maxTimestamp,
    }));
  });
}

function principalOf({ type, name }: PrincipalName) {
  return { principalType: type, principalName: name };
}

function throwOnError(doing: string, { errorCode }: { readonly errorCode: number }): void {
  if (errorCode !== ErrorCode.NONE) throw kafkaFailure(errorCode, doing);
}
