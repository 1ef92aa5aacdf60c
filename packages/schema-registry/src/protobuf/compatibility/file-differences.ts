import { FieldType } from '../descriptor/descriptor.ts';
import type { EnumModel, FieldModel, FileModel, MessageModel } from '../link/model.ts';
import { DifferenceList, type Difference } from './difference.ts';
import { fieldKind, scalarKind, typeText, writtenLabel } from './field-kind.ts';
import { compareOneofs, deletedOneofs, oneofOf } from './oneof-differences.ts';

/** Messages that refer to each other deeper than this, over imported files, are not compared. */
const MAX_DEPTH = 500;

/** A file and where those it imports come from. */
export interface ComparedFile {
  readonly file: FileModel;
  /** References of the schema: the import path and the registered schema it stands for. */
  readonly references: readonly {
    readonly name: string;
    readonly subject: string;
    readonly version: number;
  }[];
}

/**
 * Everything that differs between the file that data was written with and the one it is read with, by the rules of
 * Confluent's registry: fields are matched by number, messages and enums by name. Beyond these rules, a field that becomes
 * required and a message that becomes a group are incompatible too, because old data cannot be read.
 */
export function fileDifferences(original: ComparedFile, update: ComparedFile): readonly Difference[] {
  return new FileComparison(original, update).differences();
}

class FileComparison {
  readonly #original: ComparedFile;
  readonly #update: ComparedFile;
  /** Whether pairs of messages of imported files are incompatible; while they are being compared they count as equal. */
  readonly #compared = new Map<MessageModel, Map<MessageModel, boolean>>();
  #depth = 0;

  constructor(original: ComparedFile, update: ComparedFile) {
    this.#original = original;
    this.#update = update;
  }

  differences(): readonly Difference[] {
    const found = new DifferenceList();
    const { file: original } = this.#original;
    const { file: update } = this.#update;
    if (original.package !== update.package) {
      found.add(
        'PACKAGE_CHANGED',
        `the package is "${update.package}", in the writing schema "${original.package}"`,
      );
    }
    this.#compareTypes(found, original, update);
    return found.differences;
  }

  #compareTypes(found: DifferenceList, original: TypeScope, update: TypeScope): void {
    const originals = namedMessages(original);
    const updates = namedMessages(update);
    const places = new Map([...updates.keys()].map((name, place) => [name, place]));
    for (const [place, [name, message]] of [...originals].entries()) {
      found.within([name], () =>
        this.#compareNamed(found, message, updates.get(name), places.get(name) !== place),
      );
    }
    for (const name of updates.keys()) {
      if (!originals.has(name))
        found.within([name], () => found.add('MESSAGE_ADDED', 'there is a new message'));
    }
    compareEnums(found, original.enums, update.enums);
  }

  #compareNamed(
    found: DifferenceList,
    original: MessageModel,
    update: MessageModel | undefined,
    hasMoved: boolean,
  ): void {
    if (update === undefined) {
      if (!original.isMapEntry)
        found.add('MESSAGE_REMOVED', `the message "${original.name}" of the writing schema is gone`);
      return;
    }
    this.#compareMessages(found, original, update);
    if (hasMoved) found.add('MESSAGE_MOVED', 'the message stands at another place');
  }

  #compareMessages(found: DifferenceList, original: MessageModel, update: MessageModel): void {
    compareOneofs(found, original, update);
    const originals = new Map(original.fields.map((field) => [field.number, field]));
    const updates = new Map(update.fields.map((field) => [field.number, field]));
    const deleted = deletedOneofs(original, update);
    for (const number of [...new Set([...originals.keys(), ...updates.keys()])].toSorted((a, b) => a - b)) {
      const before = originals.get(number);
      const after = updates.get(number);
      if (before === undefined && after !== undefined) fieldAdded(found, after);
      else if (before !== undefined && after === undefined)
        fieldRemoved(found, before, (oneof) => deleted.has(oneof));
      else if (before !== undefined && after !== undefined) this.#compareMatched(found, before, after);
    }
    this.#compareTypes(found, original, update);
  }

  #compareMatched(found: DifferenceList, original: FieldModel, update: FieldModel): void {
    if (oneofOf(original) !== undefined && oneofOf(update) === undefined) {
      found.within([update.number], () =>
        found.add('ONEOF_FIELD_MOVED_TO_TOP_LEVEL', 'a member of a oneof stands alone now'),
      );
    }
    found.within(fieldPath(update), () => this.#compareFields(found, original, update));
  }

  #compareFields(found: DifferenceList, original: FieldModel, update: FieldModel): void {
    if (original.name !== update.name) {
      found.add(
        'FIELD_NAME_CHANGED',
        `the field is "${update.name}", in the writing schema "${original.name}"`,
      );
    }
    this.#compareFieldTypes(found, original, update, true);
    const isNumeric = fieldKind(update) === 'scalar' && scalarKind(update) !== 'string or bytes';
    const isReported = isNumeric && writtenLabel(original) !== undefined;
    if (update.isRequired && !original.isRequired && !isReported) {
      found.add(
        'REQUIRED_FIELD_ADDED',
        `the field "${update.name}" is required, in the writing schema it is not`,
      );
    }
  }

  #compareFieldTypes(
    found: DifferenceList,
    original: FieldModel,
    update: FieldModel,
    withLabels: boolean,
  ): void {
    const kind = fieldKind(update);
    const types = `the field "${update.name}" is ${typeText(update)}, in the writing schema ${typeText(original)}`;
    if (kind !== fieldKind(original)) found.add('FIELD_KIND_CHANGED', types);
    else if (kind === 'map') this.#compareMaps(found, original, update);
    else if (kind === 'scalar') compareScalars(found, original, update, { types, withLabels });
    else this.#compareNamedTypes(found, original, update, types);
  }

  #compareMaps(found: DifferenceList, original: FieldModel, update: FieldModel): void {
    for (const number of [1, 2]) {
      const before = original.message?.fields.find((field) => field.number === number);
      const after = update.message?.fields.find((field) => field.number === number);
      if (before !== undefined && after !== undefined) this.#compareFieldTypes(found, before, after, false);
    }
  }

  #compareNamedTypes(found: DifferenceList, original: FieldModel, update: FieldModel, types: string): void {
    const { message: before } = original;
    const { message: after } = update;
    if (before === undefined || after === undefined || before === after) return;
    if (localName(before) !== localName(after)) {
      found.add('FIELD_NAMED_TYPE_CHANGED', types);
      return;
    }
    const isGroup =
      original.descriptor.type === FieldType.GROUP || update.descriptor.type === FieldType.GROUP;
    if (!isGroup && this.#isSameSource(before, after)) return;
    if (this.#depth >= MAX_DEPTH) {
      found.add(
        'FIELD_NAMED_TYPE_CHANGED',
        `${types}, and more than ${MAX_DEPTH} messages refer to each other`,
      );
    } else if (this.#isIncompatible(found, before, after)) {
      found.add('FIELD_NAMED_TYPE_CHANGED', `${types}, which differ`);
    }
  }

  /** Whether both come from one registered schema, or both from the files that are compared anyway. */
  #isSameSource(original: MessageModel, update: MessageModel): boolean {
    const isLocal = original.file === this.#original.file;
    if (isLocal !== (update.file === this.#update.file)) return false;
    if (isLocal) return true;
    const before = this.#original.references.find(({ name }) => name === original.file.path);
    const after = this.#update.references.find(({ name }) => name === update.file.path);
    return before !== undefined && before.subject === after?.subject && before.version === after.version;
  }

  /** Compares messages that do not stand in the files themselves, each pair once. */
  #isIncompatible(found: DifferenceList, original: MessageModel, update: MessageModel): boolean {
    const byUpdate = this.#compared.get(original) ?? new Map<MessageModel, boolean>();
    this.#compared.set(original, byUpdate);
    const known = byUpdate.get(update);
    if (known !== undefined) return known;
    byUpdate.set(update, false);
    this.#depth += 1;
    const isIncompatible = found.elsewhere(localName(original).split('.'), () =>
      this.#compareMessages(found, original, update),
    );
    this.#depth -= 1;
    byUpdate.set(update, isIncompatible);
    return isIncompatible;
  }
}

/** A file or a message: what types are declared in. */
interface TypeScope {
  readonly messages: readonly MessageModel[];
  readonly enums: readonly EnumModel[];
  readonly extensions: readonly FieldModel[];
  readonly fields?: readonly FieldModel[];
}

/** Messages by name, without those that a group or map field stands for: they are compared with their field. */
function namedMessages(scope: TypeScope): ReadonlyMap<string, MessageModel> {
  const groups = groupsOf(scope);
  return new Map(
    scope.messages
      .filter((message) => !groups.has(message) && !message.isMapEntry)
      .map((message) => [message.name, message]),
  );
}

/** The messages that group fields of proto2 declare in a scope. */
function groupsOf({ fields = [], extensions }: TypeScope): ReadonlySet<MessageModel | undefined> {
  const groups = [...fields, ...extensions].filter(({ descriptor }) => descriptor.type === FieldType.GROUP);
  return new Set(groups.map(({ message }) => message));
}

/** The name within the package. */
function localName(message: MessageModel): string {
  const prefix = `${message.file.package}.`;
  return message.fullName.startsWith(prefix) ? message.fullName.slice(prefix.length) : message.fullName;
}

/** Members of a oneof are found under its name. */
function fieldPath(field: FieldModel): readonly (string | number)[] {
  const oneof = oneofOf(field);
  return oneof === undefined ? [field.number] : [oneof.name, field.number];
}

function fieldAdded(found: DifferenceList, field: FieldModel): void {
  found.within(fieldPath(field), () => {
    if (oneofOf(field) !== undefined)
      found.add('ONEOF_FIELD_ADDED', `there is a new field "${field.name}" in the oneof`);
    else if (field.isRequired) {
      found.add(
        'REQUIRED_FIELD_ADDED',
        `the required field "${field.name}" is missing in the writing schema`,
      );
    } else found.add('FIELD_ADDED', `there is a new field "${field.name}"`);
  });
}

function fieldRemoved(
  found: DifferenceList,
  field: FieldModel,
  isDeleted: (oneof: NonNullable<FieldModel['oneof']>) => boolean,
): void {
  const oneof = oneofOf(field);
  if (oneof !== undefined && isDeleted(oneof)) return;
  found.within(fieldPath(field), () => {
    if (oneof !== undefined) {
      found.add(
        'ONEOF_FIELD_REMOVED',
        `the field "${field.name}" of the oneof in the writing schema is gone`,
      );
    } else if (field.isRequired) {
      found.add('REQUIRED_FIELD_REMOVED', `the required field "${field.name}" of the writing schema is gone`);
    } else found.add('FIELD_REMOVED', `the field "${field.name}" is gone`);
  });
}

function compareScalars(
  found: DifferenceList,
  original: FieldModel,
  update: FieldModel,
  { types, withLabels }: { readonly types: string; readonly withLabels: boolean },
): void {
  const kind = scalarKind(update);
  if (kind !== scalarKind(original)) {
    found.add('FIELD_SCALAR_KIND_CHANGED', types);
    return;
  }
  const before = writtenLabel(original);
  const after = writtenLabel(update);
  if (!withLabels || before === undefined || after === undefined || before === after) return;
  const labels = `the field "${update.name}" is ${after}, in the writing schema ${before}`;
  found.add(
    kind === 'string or bytes' ? 'FIELD_STRING_OR_BYTES_LABEL_CHANGED' : 'FIELD_NUMERIC_LABEL_CHANGED',
    labels,
  );
}

function compareEnums(
  found: DifferenceList,
  originals: readonly EnumModel[],
  updates: readonly EnumModel[],
): void {
  const updateByName = new Map(updates.map((type) => [type.name, type]));
  const names = new Set(originals.map(({ name }) => name));
  for (const original of originals) {
    const update = updateByName.get(original.name);
    found.within([original.name], () => {
      if (update === undefined) found.add('ENUM_REMOVED', 'an enum is gone');
      else compareValues(found, original, update);
    });
  }
  for (const { name } of updates) {
    if (!names.has(name)) found.within([name], () => found.add('ENUM_ADDED', 'there is a new enum'));
  }
}

function compareValues(found: DifferenceList, original: EnumModel, update: EnumModel): void {
  const before = new Map(original.values.map(({ number, name }) => [number, name]));
  const after = new Map(update.values.map(({ number, name }) => [number, name]));
  for (const number of new Set([...before.keys(), ...after.keys()])) {
    const oldName = before.get(number);
    const newName = after.get(number);
    if (oldName === newName) continue;
    found.within([number], () => {
      if (newName === undefined) found.add('ENUM_CONST_REMOVED', `the value "${oldName}" is gone`);
      else if (oldName === undefined) found.add('ENUM_CONST_ADDED', `there is a new value "${newName}"`);
      else found.add('ENUM_CONST_CHANGED', `the value is "${newName}", in the writing schema "${oldName}"`);
    });
  }
}
