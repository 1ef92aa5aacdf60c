import type { FieldModel, MessageModel, OneofModel } from '../link/model.ts';
import type { DifferenceList } from './difference.ts';

/** The oneofs that are written; those behind `optional` fields of proto3 are none to the user. */
export function writtenOneofs(message: MessageModel): readonly OneofModel[] {
  return message.oneofs.filter(({ isSynthetic }) => !isSynthetic);
}

/** The oneof of a field that is written. */
export function oneofOf(field: FieldModel): OneofModel | undefined {
  return field.oneof?.isSynthetic === false ? field.oneof : undefined;
}

/** What differs in the oneofs of two messages, apart from fields that are gone or new. */
export function compareOneofs(found: DifferenceList, original: MessageModel, update: MessageModel): void {
  const originalFields = new Map(original.fields.map((field) => [field.number, field]));
  for (const oneof of writtenOneofs(update)) {
    found.within([oneof.name], () => compareOrigins(found, oneof, originalFields));
  }
  const originalNames = new Set(writtenOneofs(original).map(({ name }) => name));
  const updateNames = new Set(writtenOneofs(update).map(({ name }) => name));
  for (const name of [...new Set([...originalNames, ...updateNames])].toSorted()) {
    found.within([name], () => {
      if (!updateNames.has(name)) found.add('ONEOF_REMOVED', 'a oneof is gone');
      else if (!originalNames.has(name)) found.add('ONEOF_ADDED', 'there is a new oneof');
    });
  }
}

/**
 * Fields that could be set together before must not become members of one oneof, because then the last one wins. Members
 * of one old oneof are one group, every field that stood alone is a group of its own, new fields do not count.
 */
function compareOrigins(
  found: DifferenceList,
  oneof: OneofModel,
  originalFields: ReadonlyMap<number, FieldModel>,
): void {
  const before = oneof.fields
    .map(({ number }) => originalFields.get(number))
    .filter((field) => field !== undefined);
  const groups = new Set<OneofModel | FieldModel>(before.map((field) => oneofOf(field) ?? field));
  if (groups.size <= 1) return;
  const alone = before.filter((field) => oneofOf(field) === undefined);
  const names = before.map(({ name }) => `"${name}"`).join(', ');
  if (alone.length > 1) {
    found.add(
      'MULTIPLE_FIELDS_MOVED_TO_ONEOF',
      `the oneof joins ${names}, which the writing schema allows at the same time`,
    );
  } else {
    found.add(
      'FIELD_MOVED_TO_EXISTING_ONEOF',
      `the oneof joins ${names}, which come from different places of the writing schema`,
    );
  }
}

/** The oneofs that are gone with all their members: nothing is left whose absence could be misread. */
export function deletedOneofs(original: MessageModel, update: MessageModel): ReadonlySet<OneofModel> {
  const names = new Set(writtenOneofs(update).map(({ name }) => name));
  const numbers = new Set(update.fields.map(({ number }) => number));
  return new Set(
    writtenOneofs(original).filter(
      ({ name, fields }) => !names.has(name) && !fields.some(({ number }) => numbers.has(number)),
    ),
  );
}
