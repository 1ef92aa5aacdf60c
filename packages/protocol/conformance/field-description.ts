/** What a field is in one version of its message, in a form that both sides of the drift test can be put in. */
export interface FieldDescription {
  /** Names from the message down, joined with dots. */
  readonly path: string;
  readonly type: string;
  readonly isNullable: boolean;
  readonly tag: number | undefined;
  readonly default: string;
  /** May the field be dropped in versions that lack it? Undefined when no version of its struct lacks it. */
  readonly ignorable: boolean | undefined;
  readonly isFlexible: boolean;
}

/** A message with the fields of each of its versions, in the order in which they are written. */
export interface MessageDescription {
  readonly apiKey: number;
  readonly minVersion: number;
  readonly maxVersion: number;
  readonly fieldsByVersion: readonly (readonly FieldDescription[])[];
}

/** The default of a type whose field states none. */
export function implicitDefault(type: string, isStruct: boolean, isNullable: boolean): string {
  if (type.startsWith('[]')) return 'empty';
  if (isStruct) return 'struct';
  if (type === 'bool') return 'false';
  if (type === 'string') return '';
  if (type === 'records') return isNullable ? 'null' : 'empty';
  return type === 'uuid' || type === 'bytes' ? 'empty' : '0';
}
