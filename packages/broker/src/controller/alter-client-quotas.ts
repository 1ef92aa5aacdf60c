import type { KafkaError } from '@millrace/protocol';
import type { AlterClientQuotasRequestOpData } from '@millrace/protocol/messages/alter-client-quotas';
import { ClientQuotaRecord } from '@millrace/protocol/messages/metadata-records';
import type { MetadataRecord } from '../metadata/metadata-record.ts';
import { quotaEntityKey, QuotaEntityType, type QuotaEntity } from '../quota/client-quota.ts';
import { isHostAddress } from '../security/acl/host-address.ts';
import { addressQuotaKeys, userQuotaKeys, type QuotaNumber } from '../quota/quota-keys.ts';
import { attempt } from './attempt.ts';
import type { ControllerResult, ControllerState } from './controller-operation.ts';
import { duplicates, refuse } from './topic-request-error.ts';

const MAX_INT = 2147483647;
const MAX_LONG = 2 ** 63;
/** A fraction below this counts as none, as in Apache Kafka. */
const FRACTION = 1e-6;

/** Changes of the quotas of one entity. */
export interface QuotaAlteration {
  readonly entity: QuotaEntity;
  readonly ops: readonly Pick<AlterClientQuotasRequestOpData, 'key' | 'value' | 'remove'>[];
}

export interface AlteredQuota {
  readonly entity: QuotaEntity;
  readonly error: KafkaError | undefined;
}

/** Sets and removes quotas, for each entity all changes or none. An entity that is named again is refused there. */
export function alterClientQuotas(
  state: ControllerState,
  alterations: readonly QuotaAlteration[],
  validateOnly: boolean,
): ControllerResult<AlteredQuota[]> {
  const records: MetadataRecord[] = [];
  const results = new Map<string, AlteredQuota>();
  for (const { entity, ops } of alterations) {
    const key = quotaEntityKey(entity);
    const error = attempt(() => {
      if (results.has(key)) throw refuse('INVALID_REQUEST', `The entity ${key} is named twice`);
      records.push(...alterEntity(state, { entity, ops }, key));
    });
    results.set(key, { entity, error });
  }
  return { records: validateOnly ? [] : records, response: [...results.values()] };
}

function alterEntity(
  { image }: ControllerState,
  { entity, ops }: QuotaAlteration,
  entityKey: string,
): MetadataRecord[] {
  const [twice] = duplicates(ops.map(({ key }) => key));
  if (twice !== undefined) throw refuse('INVALID_REQUEST', `The quota ${twice} is named twice`);
  const keys = checkEntity(entity);
  const current = image.clientQuotas.get(entityKey)?.values;
  const parts = Array.from(entity, ([entityType, entityName]) => ({ entityType, entityName }));
  const records: MetadataRecord[] = [];
  for (const { key, value, remove } of ops) {
    if (!remove) checkValue(keys, key, value);
    if (remove ? current?.has(key) !== true : current?.get(key) === value) continue;
    const change = remove ? { remove } : { value };
    records.push({ type: 'ClientQuota', data: ClientQuotaRecord.create({ entity: parts, key, ...change }) });
  }
  return records;
}

/** @returns what may be set for an entity of this kind. @throws KafkaError */
function checkEntity(entity: QuotaEntity): ReadonlyMap<string, QuotaNumber> {
  if (entity.size === 0) throw refuse('INVALID_REQUEST', 'Invalid empty client quota entity');
  const { USER, CLIENT_ID, IP } = QuotaEntityType;
  for (const [type, name] of entity) {
    if (type !== USER && type !== CLIENT_ID && type !== IP)
      throw refuse('INVALID_REQUEST', `Unhandled client quota entity type: ${type}`);
    if (name === '') throw refuse('INVALID_REQUEST', `Empty ${type} not supported`);
  }
  if (!entity.has(IP)) return userQuotaKeys;
  if (entity.size > 1)
    throw refuse('INVALID_REQUEST', 'An IP entity cannot be combined with a user or a client id');
  const address = entity.get(IP) ?? null;
  if (address !== null && !isHostAddress(address))
    throw refuse('INVALID_REQUEST', `${address} is not a valid IP address`);
  return addressQuotaKeys;
}

/** @throws KafkaError */
function checkValue(keys: ReadonlyMap<string, QuotaNumber>, key: string, value: number): void {
  const type = keys.get(key);
  if (type === undefined) throw refuse('INVALID_REQUEST', `Invalid configuration key ${key}`);
  if (value <= 0) throw refuse('INVALID_REQUEST', `Quota ${key} must be greater than 0`);
  if (type === 'double') return;
  if (value > (type === 'int' ? MAX_INT : MAX_LONG))
    throw refuse('INVALID_REQUEST', `Proposed value for ${key} is too large for ${type}`);
  if (value % 1 > FRACTION) throw refuse('INVALID_REQUEST', `${key} cannot be a fractional value.`);
}
