import { quotaEntity, quotaEntityKey, type ClientQuota, type ClientQuotas } from '../quota/client-quota.ts';
import type { MetadataRecord } from './metadata-record.ts';

type QuotaRecord = Extract<MetadataRecord, { type: 'ClientQuota' }>['data'];

/** The part of `ImageBuilder` that is about quotas. The base stays as it is; it is copied once, with the first change. */
export class QuotaBuilder {
  readonly #base: ClientQuotas;
  #quotas: Map<string, ClientQuota> | undefined;

  constructor(base: ClientQuotas) {
    this.#base = base;
  }

  get hasChanged(): boolean {
    return this.#quotas !== undefined;
  }

  apply({ entity: parts, key, value, remove }: QuotaRecord): void {
    const quotas = (this.#quotas ??= new Map(this.#base));
    const entity = quotaEntity(parts);
    const entityKey = quotaEntityKey(entity);
    const values = new Map(quotas.get(entityKey)?.values);
    if (remove) values.delete(key);
    else values.set(key, value);
    if (values.size === 0) quotas.delete(entityKey);
    else quotas.set(entityKey, { entity, values });
  }

  build(): ClientQuotas {
    return this.#quotas ?? this.#base;
  }
}
