import { under, type Comparison, type TargetNode } from './comparison.ts';
import { compareArrays } from './compare-arrays.ts';
import { compareCombinations } from './compare-combinations.ts';
import { compareObjects } from './compare-objects.ts';
import { compareNumbers, compareStrings } from './compare-scalars.ts';
import { isSubset } from './is-subset.ts';
import type { Difference } from './difference.ts';
import type { Annotations, CombinedNode, EnumNode, NotNode } from '../model/schema-model.ts';

/** The rules for one pair of nodes. */
export function compareNodes(comparison: Comparison, writer: TargetNode, reader: TargetNode): Difference[] {
  if (writer.annotations.connectType === 'bytes' && reader.annotations.connectType === 'bytes') return [];
  const asMember = compareWithMember(comparison, writer, reader);
  if (asMember !== undefined) return asMember;
  if (writer.kind !== reader.kind) {
    const isReadable = writer.kind === 'false' || reader.kind === 'empty';
    return isReadable ? [] : [{ type: 'TYPE_CHANGED', path: '' }];
  }
  return [
    ...compareAnnotations(writer.annotations, reader.annotations),
    ...compareSameKind(comparison, writer, reader),
  ];
}

function compareSameKind(comparison: Comparison, writer: TargetNode, reader: TargetNode): Difference[] {
  switch (writer.kind) {
    case 'string':
      return compareStrings(writer, reader as typeof writer);
    case 'number':
      return compareNumbers(writer, reader as typeof writer);
    case 'enum':
      return compareEnums(writer, reader as typeof writer);
    case 'const':
      return writer.value === (reader as typeof writer).value
        ? []
        : [{ type: 'ENUM_ARRAY_CHANGED', path: '/const' }];
    case 'object':
      return compareObjects(comparison, writer, reader as typeof writer);
    case 'array':
      return compareArrays(comparison, writer, reader as typeof writer);
    case 'not':
      return compareNegations(comparison, writer, reader as typeof writer);
    case 'combined':
      return compareCombinations(comparison, writer, reader as typeof writer);
    case 'empty':
    case 'false':
    case 'boolean':
    case 'null':
    case 'conditional':
      return [];
  }
}

/** One side is a combination, the other is not: a member may stand for the combination. */
function compareWithMember(
  comparison: Comparison,
  writer: TargetNode,
  reader: TargetNode,
): Difference[] | undefined {
  if (reader.kind === 'combined' && writer.kind !== 'combined') {
    for (const member of membersToTry(reader, reader.criterion !== 'allOf')) {
      const differences = comparison.compare(writer, member);
      if (!comparison.isCompatible(differences)) continue;
      return reader.members.length === 1
        ? [...differences]
        : [...differences, { type: 'SUM_TYPE_EXTENDED', path: '' }];
    }
  } else if (writer.kind === 'combined' && reader.kind !== 'combined') {
    for (const member of membersToTry(writer, writer.criterion === 'allOf')) {
      const differences = comparison.compare(member, reader);
      if (!comparison.isCompatible(differences)) continue;
      return writer.members.length === 1
        ? [...differences]
        : [...differences, { type: 'PRODUCT_TYPE_NARROWED', path: '' }];
    }
  }
  return undefined;
}

function membersToTry({ members }: CombinedNode, canOneOfMany: boolean): CombinedNode['members'] {
  return members.length === 1 || canOneOfMany ? members : [];
}

function compareAnnotations(writer: Annotations, reader: Annotations): Difference[] {
  return annotationTypes
    .filter(([name]) => JSON.stringify(writer[name]) !== JSON.stringify(reader[name]))
    .map(([name, type]) => ({ type, path: `/${name === 'id' ? '$id' : name}` }));
}

const annotationTypes = [
  ['id', 'ID_CHANGED'],
  ['title', 'TITLE_CHANGED'],
  ['description', 'DESCRIPTION_CHANGED'],
  ['default', 'DEFAULT_CHANGED'],
] as const;

function compareEnums(writer: EnumNode, reader: EnumNode): Difference[] {
  const isExtended = isSubset(writer.values, reader.values);
  const isNarrowed = isSubset(reader.values, writer.values);
  if (isExtended && isNarrowed) return [];
  if (isExtended) return [{ type: 'ENUM_ARRAY_EXTENDED', path: '/enum' }];
  return [{ type: isNarrowed ? 'ENUM_ARRAY_NARROWED' : 'ENUM_ARRAY_CHANGED', path: '/enum' }];
}

/** What is not refused by the writer must not be refused by the reader: the inner schemas change places. */
function compareNegations(comparison: Comparison, writer: NotNode, reader: NotNode): Difference[] {
  const differences = comparison.compare(reader.schema, writer.schema);
  if (differences.length === 0) return [];
  const type = comparison.isCompatible(differences) ? 'NOT_TYPE_NARROWED' : 'NOT_TYPE_EXTENDED';
  return under('/not', [{ type, path: '' }]);
}
