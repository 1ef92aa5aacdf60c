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
  /** How many of them are incompatible. */
  incompatible = 0;
  #path: string[] = [];

  /** `what` goes on the sentence that names the place, which is the reading schema against the writing one. */
  add(errorType: DifferenceType, what: string): void {
    const path = `#/${this.#path.join('/')}`;
    const description = `At path '${path}' ${what}`;
    const isCompatible = COMPATIBLE.has(errorType);
    this.differences.push({ errorType, path, description, isCompatible });
    if (!isCompatible) this.incompatible += 1;
  }

  /** Runs `compare` one or more steps further down. */
  within(steps: readonly (string | number)[], compare: () => void): void {
    for (const step of steps) this.#path.push(String(step));
    compare();
    this.#path.length -= steps.length;
  }

  /** Runs `compare` at another place; whether that found anything incompatible. */
  elsewhere(steps: readonly string[], compare: () => void): boolean {
    const path = this.#path;
    const before = this.incompatible;
    this.#path = [...steps];
    compare();
    this.#path = path;
    return this.incompatible > before;
  }
}
