import { type FieldDescription, implicitDefault, type MessageDescription } from './field-description.ts';

/** A message in the notation of the reference field lists. */
export interface ReferenceMessage {
  readonly name: string;
  readonly type: string;
  readonly apiKey?: number;
  readonly listeners?: readonly string[];
  readonly validVersions: string;
  readonly flexibleVersions: string;
  readonly latestVersionUnstable?: boolean;
  readonly fields: readonly ReferenceField[];
  readonly commonStructs?: readonly CommonStruct[];
}

/** A struct that several fields of a message share. */
interface CommonStruct {
  readonly name: string;
  readonly versions?: string;
  readonly fields: readonly ReferenceField[];
}

interface ReferenceField {
  readonly name: string;
  readonly type: string;
  /** Where it is absent the field exists in the versions in which it is tagged. */
  readonly versions?: string;
  readonly nullableVersions?: string;
  readonly taggedVersions?: string;
  readonly flexibleVersions?: string;
  readonly tag?: number;
  readonly ignorable?: boolean | string;
  readonly default?: string | number | boolean | null;
  readonly fields?: readonly ReferenceField[];
}

/** Describes a message as the reference has it. */
export function describeReferenceMessage(message: ReferenceMessage): MessageDescription {
  const [minVersion, maxVersion] = bounds(message.validVersions);
  const all = versionList(minVersion, maxVersion);
  const fieldsByVersion = all.map((version) => {
    const fields: FieldDescription[] = [];
    collect(message, { fields: message.fields, versions: all, prefix: '' }, version, fields);
    return fields;
  });
  return { apiKey: message.apiKey ?? -1, minVersion, maxVersion, fieldsByVersion };
}

interface Struct {
  readonly fields: readonly ReferenceField[];
  /** The versions in which the struct occurs. */
  readonly versions: readonly number[];
  readonly prefix: string;
}

function collect(message: ReferenceMessage, struct: Struct, version: number, into: FieldDescription[]): void {
  for (const field of struct.fields) {
    if (!isIn(presence(field), version)) continue;
    const versions = struct.versions.filter((candidate) => isIn(presence(field), candidate));
    const path = struct.prefix + lowerFirst(field.name);
    const common = message.commonStructs?.find(
      (candidate) => candidate.name === field.type.replace('[]', ''),
    );
    const inner = field.fields ?? common?.fields;
    const isAlwaysThere = versions.length === struct.versions.length;
    into.push({
      path,
      type: field.type,
      isNullable: isIn(field.nullableVersions, version),
      tag: isIn(field.taggedVersions, version) ? field.tag : undefined,
      default: defaultText(field, inner !== undefined, versions),
      ignorable: isAlwaysThere ? undefined : field.ignorable === true,
      isFlexible: isIn(field.flexibleVersions ?? message.flexibleVersions, version),
    });
    if (inner === undefined) continue;
    // A struct that several fields share occurs in all versions of the message.
    const shared = versionList(...bounds(message.validVersions)).filter((v) =>
      isIn(common?.versions ?? '0+', v),
    );
    const innerVersions = common === undefined ? versions : shared;
    collect(message, { fields: inner, versions: innerVersions, prefix: `${path}.` }, version, into);
  }
}

function presence(field: ReferenceField): string {
  return field.versions ?? field.taggedVersions ?? 'none';
}

function defaultText(field: ReferenceField, isStruct: boolean, versions: readonly number[]): string {
  // A JSON null is no default; the text "null" is.
  if (field.default === undefined || field.default === null) {
    const isNullable = versions.some((version) => isIn(field.nullableVersions, version));
    return implicitDefault(field.type, isStruct, isNullable);
  }
  const text = String(field.default);
  if (text.startsWith('0x')) return String(Number.parseInt(text, 16));
  return field.type === 'string' ? text : text.toLowerCase();
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function isIn(range: string | undefined, version: number): boolean {
  if (range === undefined || range === 'none') return false;
  const [min, max] = bounds(range);
  return version >= min && version <= max;
}

/** `3`, `3-5` or `3+` as its two ends. */
function bounds(range: string): [number, number] {
  const [first, last] = range.replace('+', '-32767').split('-');
  return [Number(first), Number(last ?? first)];
}

function versionList(min: number, max: number): number[] {
  return Array.from({ length: max - min + 1 }, (_, index) => min + index);
}
