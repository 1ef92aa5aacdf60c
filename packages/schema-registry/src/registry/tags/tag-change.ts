import { isJsonObject, textOf } from '../json-value.ts';

/** Something in a schema that can have tags. */
export interface SchemaEntity {
  /** For example `shop.Order.card` in Avro, `object.card` in JSON Schema. */
  readonly entityPath: string;
  readonly entityType: 'sr_record' | 'sr_field';
}

export interface TagChange {
  readonly schemaEntity: SchemaEntity;
  readonly tags: readonly string[];
}

export function readTagChanges(value: unknown): TagChange[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isJsonObject).map((item) => {
    const entity = isJsonObject(item['schemaEntity']) ? item['schemaEntity'] : {};
    const tags = Array.isArray(item['tags']) ? item['tags'] : [];
    return {
      schemaEntity: {
        entityPath: textOf(entity['entityPath']) ?? '',
        entityType: entity['entityType'] === 'sr_record' ? 'sr_record' : 'sr_field',
      },
      tags: tags.map((tag) => textOf(tag) ?? ''),
    };
  });
}
