import type { DifferenceType } from './difference.ts';

/** A sentence for a person who has to repair a schema. "Reads" and "writes" hold in both directions of a check. */
export function describeDifference(type: DifferenceType, path: string): string {
  return `${sentences[type] ?? bySuffix(type)} (at ${path})`;
}

const sentences: { readonly [Type in DifferenceType]?: string } = {
  SCHEMA_ADDED: 'The schema that reads restricts what the schema that writes leaves free',
  TYPE_CHANGED: 'The schema that reads has another type than the schema that writes',
  TYPE_NARROWED: 'The schema that reads takes whole numbers only, the schema that writes allows fractions',
  PATTERN_CHANGED:
    'The two schemas have different patterns; whether one takes all that the other takes is not decided',
  MULTIPLE_OF_CHANGED: 'Multiples in the schema that writes are no multiples in the schema that reads',
  MULTIPLE_OF_EXPANDED: 'Multiples in the schema that writes are no multiples in the schema that reads',
  REQUIRED_ATTRIBUTE_ADDED:
    'The schema that reads requires a property without a default, the schema that writes does not require it',
  ADDITIONAL_PROPERTIES_REMOVED:
    'The schema that reads forbids properties that it does not declare, the schema that writes allows them',
  ADDITIONAL_PROPERTIES_NARROWED:
    'The schema that reads restricts properties that it does not declare, the schema that writes allows any',
  UNEVALUATED_PROPERTIES_REMOVED:
    'The schema that reads forbids properties that it does not declare, the schema that writes allows them',
  UNEVALUATED_PROPERTIES_NARROWED:
    'The schema that reads restricts properties that it does not declare, the schema that writes allows any',
  ADDITIONAL_ITEMS_REMOVED:
    'The schema that reads forbids items that it does not declare, the schema that writes allows them',
  ADDITIONAL_ITEMS_NARROWED:
    'The schema that reads restricts items that it does not declare, the schema that writes allows any',
  UNEVALUATED_ITEMS_REMOVED:
    'The schema that reads forbids items that it does not declare, the schema that writes allows them',
  UNEVALUATED_ITEMS_NARROWED:
    'The schema that reads restricts items that it does not declare, the schema that writes allows any',
  DEPENDENCY_ARRAY_EXTENDED: 'A property needs more other properties in the schema that reads',
  DEPENDENCY_ARRAY_CHANGED: 'A property needs other properties in the schema that reads',
  DEPENDENCY_ARRAY_ADDED: 'A property needs other properties only in the schema that reads',
  DEPENDENCY_SCHEMA_ADDED: 'A property brings a further schema only in the schema that reads',
  REQUIRED_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL:
    'The schema that reads requires a property without a default that the schema that writes does not declare',
  REQUIRED_PROPERTY_WITH_DEFAULT_ADDED_TO_OPEN_CONTENT_MODEL:
    'The schema that writes allows any undeclared property, so data may hold this one with another type than the schema that reads declares',
  OPTIONAL_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL:
    'The schema that writes allows any undeclared property, so data may hold this one with another type than the schema that reads declares',
  REQUIRED_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL:
    'The schema that reads requires a property without a default that the schema that writes does not declare',
  PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL:
    'The schema that reads does not declare the property and forbids undeclared ones, the schema that writes declares it',
  PROPERTY_REMOVED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL:
    'The schema that reads does not declare the property, and its rule for undeclared ones does not take it as the schema that writes declares it',
  PROPERTY_ADDED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL:
    'The schema that reads declares the property in a way that does not take all that the rule for undeclared ones of the schema that writes allows',
  ITEM_ADDED_TO_OPEN_CONTENT_MODEL:
    'The schema that writes allows any item at this position, the schema that reads restricts it',
  ITEM_REMOVED_FROM_CLOSED_CONTENT_MODEL:
    'The schema that reads has no item at this position and forbids further ones, the schema that writes declares it',
  ITEM_REMOVED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL:
    'The rule for further items of the schema that reads does not take the item that the schema that writes declares',
  ITEM_ADDED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL:
    'The schema that reads declares the item in a way that does not take all that the rule for further items of the schema that writes allows',
  ENUM_ARRAY_NARROWED: 'The schema that reads lacks values that the schema that writes allows',
  ENUM_ARRAY_CHANGED: 'The two schemas allow different values',
  COMBINED_TYPE_CHANGED: 'The two schemas combine their members in different ways',
  COMBINED_TYPE_SUBSCHEMAS_CHANGED:
    'Members of the combination have no partner of their own that can read them',
  PRODUCT_TYPE_EXTENDED: 'The schema that reads has further schemas that all data must fit',
  SUM_TYPE_NARROWED: 'The schema that reads lacks alternatives that the schema that writes has',
  NOT_TYPE_EXTENDED: 'The schema that reads refuses more than the schema that writes',
  COMPARISON_LIMIT:
    'The schemas are too large or too entangled to be compared; nothing is known about what lies below',
};

const suffixes = [
  ['_ADDED', 'The keyword is in the schema that reads only'],
  ['_INCREASED', 'The value is higher in the schema that reads than in the schema that writes'],
  ['_DECREASED', 'The value is lower in the schema that reads than in the schema that writes'],
  ['_REMOVED', 'The keyword is in the schema that writes only'],
] as const;

function bySuffix(type: DifferenceType): string {
  return suffixes.find(([suffix]) => type.endsWith(suffix))?.[1] ?? 'The two schemas differ';
}
