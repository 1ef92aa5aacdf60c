import { dereferenced, type ArrayNode, type SchemaNode } from '../model/schema-model.ts';
import { compareLimit } from './compare-limits.ts';
import { compareRest } from './compare-rest.ts';
import { under, type Comparison } from './comparison.ts';
import { contentModelOfItems } from './content-model.ts';
import type { Difference, DifferenceType } from './difference.ts';

export function compareArrays(comparison: Comparison, writer: ArrayNode, reader: ArrayNode): Difference[] {
  return [
    ...compareItems(comparison, writer.items, reader.items),
    ...comparePositions(comparison, writer, reader),
    ...compareRest(
      comparison,
      { name: 'ADDITIONAL_ITEMS', keyword: 'additionalItems' },
      writer.additionalItems,
      reader.additionalItems,
    ),
    ...compareRest(
      comparison,
      { name: 'UNEVALUATED_ITEMS', keyword: 'unevaluatedItems' },
      writer.unevaluatedItems,
      reader.unevaluatedItems,
    ),
    ...compareLimit('MAX_ITEMS', 'maxItems', writer.maxItems, reader.maxItems),
    ...compareLimit('MIN_ITEMS', 'minItems', writer.minItems, reader.minItems),
    ...compareLimit('MAX_CONTAINS', 'maxContains', writer.maxContains, reader.maxContains),
    ...compareLimit('MIN_CONTAINS', 'minContains', writer.minContains, reader.minContains),
    ...compareUniqueness(writer.uniqueItems, reader.uniqueItems),
  ];
}

function compareUniqueness(writer: boolean, reader: boolean): Difference[] {
  if (writer === reader) return [];
  return [{ type: writer ? 'UNIQUE_ITEMS_REMOVED' : 'UNIQUE_ITEMS_ADDED', path: '/uniqueItems' }];
}

function compareItems(
  comparison: Comparison,
  writer: SchemaNode | undefined,
  reader: SchemaNode | undefined,
): Difference[] {
  if (writer !== undefined && reader !== undefined)
    return under('/items', comparison.compare(writer, reader));
  if (writer !== undefined) return [{ type: 'SCHEMA_REMOVED', path: '/items' }];
  const isConstraint = reader !== undefined && dereferenced(reader).kind !== 'empty';
  return isConstraint ? [{ type: 'SCHEMA_ADDED', path: '/items' }] : [];
}

function comparePositions(comparison: Comparison, writer: ArrayNode, reader: ArrayNode): Difference[] {
  const differences: Difference[] = [];
  const count = Math.max(writer.prefixItems.length, reader.prefixItems.length);
  for (let index = 0; index < count; index += 1) {
    const from = writer.prefixItems[index];
    const to = reader.prefixItems[index];
    const path = `/items/${index}`;
    if (from !== undefined && to !== undefined) {
      differences.push(...under(path, comparison.compare(from, to)));
    } else if (from !== undefined) {
      differences.push({ type: removedItem(comparison, from, reader), path });
    } else if (to !== undefined) {
      differences.push({ type: addedItem(comparison, to, writer), path });
    }
  }
  return differences;
}

function removedItem(comparison: Comparison, removed: SchemaNode, reader: ArrayNode): DifferenceType {
  const model = contentModelOfItems(reader);
  if (model === 'open') return 'ITEM_REMOVED_FROM_OPEN_CONTENT_MODEL';
  if (model === 'closed') {
    return dereferenced(removed).kind === 'false'
      ? 'ITEM_WITH_FALSE_REMOVED_FROM_CLOSED_CONTENT_MODEL'
      : 'ITEM_REMOVED_FROM_CLOSED_CONTENT_MODEL';
  }
  const isCovered = model.every((schema) => comparison.isCompatible(comparison.compare(removed, schema)));
  return isCovered
    ? 'ITEM_REMOVED_IS_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL'
    : 'ITEM_REMOVED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL';
}

function addedItem(comparison: Comparison, added: SchemaNode, writer: ArrayNode): DifferenceType {
  const model = contentModelOfItems(writer);
  if (model === 'closed') return 'ITEM_ADDED_TO_CLOSED_CONTENT_MODEL';
  if (model === 'open') {
    return dereferenced(added).kind === 'empty'
      ? 'ITEM_WITH_EMPTY_SCHEMA_ADDED_TO_OPEN_CONTENT_MODEL'
      : 'ITEM_ADDED_TO_OPEN_CONTENT_MODEL';
  }
  const isCovered = model.some((schema) => comparison.isCompatible(comparison.compare(schema, added)));
  return isCovered
    ? 'ITEM_ADDED_IS_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL'
    : 'ITEM_ADDED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL';
}
