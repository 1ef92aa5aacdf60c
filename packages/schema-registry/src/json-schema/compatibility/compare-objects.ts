import { dereferenced, type ObjectNode, type SchemaNode } from '../model/schema-model.ts';
import { pointerSegment } from '../../json-text/json-pointer.ts';
import { compareLimit } from './compare-limits.ts';
import { compareRest } from './compare-rest.ts';
import { under, type Comparison } from './comparison.ts';
import { contentModelOfProperty } from './content-model.ts';
import { isSubset } from './is-subset.ts';
import type { Difference, DifferenceType } from './difference.ts';

export function compareObjects(comparison: Comparison, writer: ObjectNode, reader: ObjectNode): Difference[] {
  return [
    ...compareRequired(writer, reader),
    ...compareProperties(comparison, writer, reader),
    ...compareDependentRequired(writer, reader),
    ...compareDependentSchemas(comparison, writer, reader),
    ...compareRest(
      comparison,
      { name: 'ADDITIONAL_PROPERTIES', keyword: 'additionalProperties' },
      writer.additionalProperties,
      reader.additionalProperties,
    ),
    ...compareRest(
      comparison,
      { name: 'UNEVALUATED_PROPERTIES', keyword: 'unevaluatedProperties' },
      writer.unevaluatedProperties,
      reader.unevaluatedProperties,
    ),
    ...compareLimit('MAX_PROPERTIES', 'maxProperties', writer.maxProperties, reader.maxProperties),
    ...compareLimit('MIN_PROPERTIES', 'minProperties', writer.minProperties, reader.minProperties),
  ];
}

/** Properties that both declare, and names that are required without being declared. Added properties are judged with their model. */
function compareRequired(writer: ObjectNode, reader: ObjectNode): Difference[] {
  const differences: Difference[] = [];
  for (const name of writer.required) {
    if (!reader.required.has(name)) differences.push(required('REQUIRED_ATTRIBUTE_REMOVED', name));
  }
  for (const name of reader.required) {
    const declared = reader.properties.get(name);
    const isAdded = declared !== undefined && !writer.properties.has(name);
    if (writer.required.has(name) || isAdded) continue;
    differences.push(
      required(
        declared !== undefined && hasDefault(declared)
          ? 'REQUIRED_ATTRIBUTE_WITH_DEFAULT_ADDED'
          : 'REQUIRED_ATTRIBUTE_ADDED',
        name,
      ),
    );
  }
  return differences;
}

function required(type: DifferenceType, name: string): Difference {
  return { type, path: `/required/${pointerSegment(name)}` };
}

function compareProperties(comparison: Comparison, writer: ObjectNode, reader: ObjectNode): Difference[] {
  const differences: Difference[] = [];
  for (const name of new Set([...writer.properties.keys(), ...reader.properties.keys()])) {
    const from = writer.properties.get(name);
    const to = reader.properties.get(name);
    const path = `/properties/${pointerSegment(name)}`;
    if (from !== undefined && to !== undefined) {
      differences.push(...under(path, comparison.compare(from, to)));
    } else if (from !== undefined) {
      differences.push({ type: removedProperty(comparison, from, reader, name), path });
    } else if (to !== undefined) {
      differences.push(
        ...addedProperty(comparison, to, { writer, reader, name }).map((type) => ({ type, path })),
      );
    }
  }
  return differences;
}

/** The reader decides: data may still hold the property. */
function removedProperty(
  comparison: Comparison,
  removed: SchemaNode,
  reader: ObjectNode,
  name: string,
): DifferenceType {
  const model = contentModelOfProperty(reader, name);
  if (model === 'open') return 'PROPERTY_REMOVED_FROM_OPEN_CONTENT_MODEL';
  if (model === 'closed') {
    return dereferenced(removed).kind === 'false'
      ? 'PROPERTY_WITH_FALSE_REMOVED_FROM_CLOSED_CONTENT_MODEL'
      : 'PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL';
  }
  const isCovered = model.every((schema) => comparison.isCompatible(comparison.compare(removed, schema)));
  return isCovered
    ? 'PROPERTY_REMOVED_IS_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL'
    : 'PROPERTY_REMOVED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL';
}

/** The writer decides: data may hold a property of that name already, undeclared and of any kind. */
function addedProperty(
  comparison: Comparison,
  added: SchemaNode,
  {
    writer,
    reader,
    name,
  }: { readonly writer: ObjectNode; readonly reader: ObjectNode; readonly name: string },
): DifferenceType[] {
  const model = contentModelOfProperty(writer, name);
  const isRequired = reader.required.has(name) && !writer.required.has(name);
  if (model === 'open') {
    if (isRequired && !hasDefault(added)) return ['REQUIRED_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL'];
    if (dereferenced(added).kind === 'empty')
      return ['PROPERTY_WITH_EMPTY_SCHEMA_ADDED_TO_OPEN_CONTENT_MODEL'];
    return isRequired
      ? ['REQUIRED_PROPERTY_WITH_DEFAULT_ADDED_TO_OPEN_CONTENT_MODEL']
      : ['OPTIONAL_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL'];
  }
  const presence = isRequired
    ? hasDefault(added)
      ? 'REQUIRED_PROPERTY_WITH_DEFAULT_ADDED_TO_UNOPEN_CONTENT_MODEL'
      : 'REQUIRED_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL'
    : 'OPTIONAL_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL';
  if (model === 'closed') return [presence];
  // One of several covering schemas is enough: data fits all of them.
  const isCovered = model.some((schema) => comparison.isCompatible(comparison.compare(schema, added)));
  return [
    isCovered
      ? 'PROPERTY_ADDED_IS_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL'
      : 'PROPERTY_ADDED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL',
    presence,
  ];
}

function hasDefault(node: SchemaNode): boolean {
  return node.annotations.default !== undefined || dereferenced(node).annotations.default !== undefined;
}

function compareDependentRequired(writer: ObjectNode, reader: ObjectNode): Difference[] {
  const differences: Difference[] = [];
  for (const name of new Set([...writer.dependentRequired.keys(), ...reader.dependentRequired.keys()])) {
    const type = dependencyChange(writer.dependentRequired.get(name), reader.dependentRequired.get(name));
    if (type !== undefined) differences.push({ type, path: `/dependencies/${pointerSegment(name)}` });
  }
  return differences;
}

function dependencyChange(
  writer: ReadonlySet<string> | undefined,
  reader: ReadonlySet<string> | undefined,
): DifferenceType | undefined {
  if (reader === undefined) return 'DEPENDENCY_ARRAY_REMOVED';
  if (writer === undefined) return 'DEPENDENCY_ARRAY_ADDED';
  const isExtended = isSubset(writer, reader);
  const isNarrowed = isSubset(reader, writer);
  if (isExtended && isNarrowed) return undefined;
  if (isExtended) return 'DEPENDENCY_ARRAY_EXTENDED';
  return isNarrowed ? 'DEPENDENCY_ARRAY_NARROWED' : 'DEPENDENCY_ARRAY_CHANGED';
}

function compareDependentSchemas(
  comparison: Comparison,
  writer: ObjectNode,
  reader: ObjectNode,
): Difference[] {
  const differences: Difference[] = [];
  for (const name of new Set([...writer.dependentSchemas.keys(), ...reader.dependentSchemas.keys()])) {
    const from = writer.dependentSchemas.get(name);
    const to = reader.dependentSchemas.get(name);
    const path = `/dependencies/${pointerSegment(name)}`;
    if (to === undefined) differences.push({ type: 'DEPENDENCY_SCHEMA_REMOVED', path });
    else if (from === undefined) differences.push({ type: 'DEPENDENCY_SCHEMA_ADDED', path });
    else differences.push(...under(path, comparison.compare(from, to)));
  }
  return differences;
}
