import type { CombinedNode } from '../model/schema-model.ts';
import { maximumMatching } from './bipartite-matching.ts';
import { under, type Comparison } from './comparison.ts';
import type { Difference, DifferenceType } from './difference.ts';

export function compareCombinations(
  comparison: Comparison,
  writer: CombinedNode,
  reader: CombinedNode,
): Difference[] {
  const path = `/${reader.criterion}`;
  const criterion = criterionChange(writer, reader);
  if (criterion === 'COMBINED_TYPE_CHANGED') return [{ type: criterion, path }];
  const changes = [criterion, memberCountChange(writer, reader)].filter((type) => type !== undefined);
  return [...changes.map((type) => ({ type, path })), ...compareMembers(comparison, writer, reader)];
}

function criterionChange(writer: CombinedNode, reader: CombinedNode): DifferenceType | undefined {
  if (writer.criterion === reader.criterion) return undefined;
  const isSingleWriter = writer.members.length === 1;
  const isSingleReader = reader.members.length === 1;
  const isExtended =
    reader.criterion === 'anyOf' ||
    (isSingleWriter && isSingleReader) ||
    (isSingleWriter && reader.criterion === 'oneOf') ||
    (isSingleReader && writer.criterion === 'allOf');
  return isExtended ? 'COMBINED_TYPE_EXTENDED' : 'COMBINED_TYPE_CHANGED';
}

function memberCountChange(writer: CombinedNode, reader: CombinedNode): DifferenceType | undefined {
  const isProduct = reader.criterion === 'allOf';
  if (reader.members.length > writer.members.length) {
    return isProduct ? 'PRODUCT_TYPE_EXTENDED' : 'SUM_TYPE_EXTENDED';
  }
  if (reader.members.length < writer.members.length) {
    return isProduct ? 'PRODUCT_TYPE_NARROWED' : 'SUM_TYPE_NARROWED';
  }
  return undefined;
}

/** Each member of the smaller side needs a partner of its own. */
function compareMembers(comparison: Comparison, writer: CombinedNode, reader: CombinedNode): Difference[] {
  const partners = writer.members.map((from) =>
    reader.members.flatMap((to, index) =>
      comparison.isCompatible(comparison.compare(from, to)) ? [index] : [],
    ),
  );
  const matching = maximumMatching(partners, reader.members.length);
  const differences = matching.flatMap((to, from) =>
    to === undefined
      ? []
      : under(`/${writer.criterion}/${from}`, comparison.compare(writer.members[from]!, reader.members[to]!)),
  );
  const matched = matching.filter((to) => to !== undefined).length;
  if (matched < Math.min(writer.members.length, reader.members.length)) {
    differences.push({ type: 'COMBINED_TYPE_SUBSCHEMAS_CHANGED', path: `/${reader.criterion}` });
  }
  return differences;
}
