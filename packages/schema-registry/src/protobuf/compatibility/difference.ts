/** What can differ between two Protobuf files, by the names of Confluent's registry. */
export type DifferenceType =
  | 'PACKAGE_CHANGED'
  | 'MESSAGE_ADDED'
  | 'MESSAGE_REMOVED'
  | 'MESSAGE_MOVED'
  | 'ENUM_ADDED'
  | 'ENUM_REMOVED'
  | 'ENUM_CONST_ADDED'
  | 'ENUM_CONST_CHANGED'
  | 'ENUM_CONST_REMOVED'
  | 'FIELD_ADDED'
  | 'FIELD_REMOVED'
  | 'FIELD_NAME_CHANGED'
  | 'FIELD_KIND_CHANGED'
  | 'FIELD_SCALAR_KIND_CHANGED'
  | 'FIELD_NAMED_TYPE_CHANGED'
  | 'FIELD_NUMERIC_LABEL_CHANGED'
  | 'FIELD_STRING_OR_BYTES_LABEL_CHANGED'
  | 'REQUIRED_FIELD_ADDED'
  | 'REQUIRED_FIELD_REMOVED'
  | 'ONEOF_ADDED'
  | 'ONEOF_REMOVED'
  | 'ONEOF_FIELD_ADDED'
  | 'ONEOF_FIELD_REMOVED'
  | 'ONEOF_FIELD_MOVED_TO_TOP_LEVEL'
  | 'MULTIPLE_FIELDS_MOVED_TO_ONEOF'
  | 'FIELD_MOVED_TO_EXISTING_ONEOF';

const COMPATIBLE: ReadonlySet<DifferenceType> = new Set([
  'MESSAGE_ADDED',
  'MESSAGE_MOVED',
  'ENUM_ADDED',
  'ENUM_REMOVED',
  'ENUM_CONST_ADDED',
  'ENUM_CONST_CHANGED',
  'ENUM_CONST_REMOVED',
  'FIELD_ADDED',
  'FIELD_REMOVED',
  'FIELD_NAME_CHANGED',
  'FIELD_STRING_OR_BYTES_LABEL_CHANGED',
  'ONEOF_ADDED',
  'ONEOF_REMOVED',
  'ONEOF_FIELD_ADDED',
  'ONEOF_FIELD_MOVED_TO_TOP_LEVEL',
]);

/** One difference between two files. */
export interface Difference {
  readonly errorType: DifferenceType;
  /** Such as `#/Order/3`: names of messages and oneofs, numbers of fields and enum values. */
  readonly path: string;
  readonly description: string;
  /** Whether data written with the old file can be read with the new one all the same. */
  readonly isCompatible: boolean;
}

/** Differences as they are found, each with the path that leads there. */
export class DifferenceList {
  readonly differences: Difference[] = [];
  readonly #path: string[];

  constructor(path: readonly string[] = []) {
    this.#path = [...path];
  }

  get hasIncompatible(): boolean {
    return this.differences.some(({ isCompatible }) => !isCompatible);
  }

  /** `what` goes on the sentence that names the place, which is the reading schema against the writing one. */
  add(errorType: DifferenceType, what: string): void {
    const path = `#/${this.#path.join('/')}`;
    const description = `At path '${path}' ${what}`;
    this.differences.push({ errorType, path, description, isCompatible: COMPATIBLE.has(errorType) });
  }

  addAll(differences: readonly Difference[]): void {
    this.differences.push(...differences);
  }

  /** Runs `compare` one or more steps further down. */
  within(steps: readonly (string | number)[], compare: () => void): void {
    this.#path.push(...steps.map(String));
    compare();
    this.#path.length -= steps.length;
  }
}
