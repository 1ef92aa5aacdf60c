import { fieldByName } from '../link/field-by-name.ts';
import type { FieldModel, MessageModel, SymbolModel } from '../link/model.ts';
import type { Scope } from '../link/scope.ts';
import type { ProtoOption, ProtoOptionStep, ProtoValue, ProtoValueField } from '../syntax/proto-file.ts';
import { normalizedNumber } from './normalized-number.ts';

/**
 * Brings options into one form: extensions by their full names, sorted by name, steps such as `(a).b = 1` as `(a) = {b: 1}`,
 * several statements for one option that is not repeated as one.
 */
export class OptionNormalizer {
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** `from` is the full name that names of extensions are resolved from. */
  normalize(options: readonly ProtoOption[], from: string): readonly ProtoOption[] {
    const qualified = options.map((option) => this.#qualify(option, from));
    const sorted = qualified.toSorted((left, right) => compareText(sortKey(left), sortKey(right)));
    return [...Map.groupBy(sorted, sortKey).values()].flatMap((same) => this.#merge(same, from));
  }

  #qualify(option: ProtoOption, from: string): ProtoOption {
    const [first, ...others] = option.name;
    const extension = first?.isExtension === true ? this.#extension(first.name, from) : undefined;
    if (first === undefined) return option;
    if (extension === undefined) return { ...option, value: this.#value(option.value, undefined, from) };
    const value = this.#nested(others, option.value, extension, from);
    return { ...option, name: [{ name: extension.fullName, isExtension: true }], value };
  }

  /** `.b.c = 1` behind an extension as `{b: {c: 1}}`. */
  #nested(
    steps: readonly ProtoOptionStep[],
    value: ProtoValue,
    field: FieldModel | undefined,
    from: string,
  ): ProtoValue {
    const [step, ...others] = steps;
    if (step === undefined) return this.#value(value, field, from);
    const key = this.#key(step, field?.message, from);
    return {
      kind: 'aggregate',
      fields: [{ ...key, at: 0, value: this.#nested(others, value, key.field, from) }],
    };
  }

  #value(value: ProtoValue, field: FieldModel | undefined, from: string): ProtoValue {
    switch (value.kind) {
      case 'number':
        return { kind: 'number', text: normalizedNumber(value.text) };
      case 'list':
        return oneOrList(value.values.map((item) => this.#value(item, field, from)));
      case 'aggregate':
        return this.#aggregate(value.fields, field?.message, from);
      case 'identifier':
      case 'string':
        return value;
    }
  }

  #aggregate(fields: readonly ProtoValueField[], type: MessageModel | undefined, from: string): ProtoValue {
    const byKey = new Map<string, KeyedValues>();
    for (const entry of fields) {
      const key = this.#key(entry, type, from);
      const id = keyText(key);
      const keyed = byKey.get(id) ?? { ...key, values: [] };
      byKey.set(id, keyed);
      for (const item of listed(entry.value)) keyed.values.push(this.#value(item, key.field, from));
    }
    const kept = [...byKey].filter(([, { values }]) => values.length > 0);
    const sorted = kept.toSorted(([left], [right]) => compareText(left, right)).map(([, keyed]) => keyed);
    return {
      kind: 'aggregate',
      fields: sorted.map(({ name, isExtension, values }) => ({
        at: 0,
        name,
        isExtension,
        value: oneOrList(values),
      })),
    };
  }

  #key(step: ProtoOptionStep, type: MessageModel | undefined, from: string): Key {
    if (!step.isExtension) {
      return {
        name: step.name,
        isExtension: false,
        field: type === undefined ? undefined : fieldByName(type, step.name),
      };
    }
    const extension = this.#extension(step.name, from);
    return { name: extension?.fullName ?? step.name, isExtension: true, field: extension };
  }

  #merge(same: readonly ProtoOption[], from: string): readonly ProtoOption[] {
    const [first, ...others] = same;
    const step = first?.name[0];
    if (first === undefined || others.length === 0 || step?.isExtension !== true) return same;
    const field = this.#extension(`.${step.name}`, from);
    if (field === undefined || field.isRepeated) return same;
    const value = mergeValues(
      [first, ...others].map((option) => option.value),
      field,
    );
    return [{ ...first, value: this.#value(value, field, from) }];
  }

  #extension(name: string, from: string): FieldModel | undefined {
    const { symbol } = this.#scope.resolve(name, from, isField);
    return symbol?.kind === 'field' && symbol.extendee !== undefined ? symbol : undefined;
  }
}

interface Key {
  readonly name: string;
  readonly isExtension: boolean;
  readonly field: FieldModel | undefined;
}

interface KeyedValues extends Key {
  readonly values: ProtoValue[];
}

function isField({ kind }: SymbolModel): boolean {
  return kind === 'field';
}

function sortKey({ name: [step] }: ProtoOption): string {
  return step?.name ?? '';
}

function keyText({ name, isExtension }: ProtoOptionStep): string {
  return isExtension ? `[${name}]` : name;
}

function listed(value: ProtoValue): readonly ProtoValue[] {
  return value.kind === 'list' ? value.values : [value];
}

function oneOrList(values: readonly ProtoValue[]): ProtoValue {
  const [first] = values;
  return first !== undefined && values.length === 1 ? first : { kind: 'list', values };
}

/** The values of a field that is not repeated as one: messages are merged, of others the last one counts. */
function mergeValues(values: readonly ProtoValue[], field: FieldModel): ProtoValue {
  const lastOther = values.findLastIndex(({ kind }) => kind !== 'aggregate');
  const last = values.at(-1);
  if (last !== undefined && lastOther === values.length - 1) return last;
  const merged = new Map<string, ProtoValueField[]>();
  for (const value of values.slice(lastOther + 1)) {
    for (const entry of value.kind === 'aggregate' ? value.fields : []) {
      const same = merged.get(keyText(entry));
      if (same === undefined) merged.set(keyText(entry), [entry]);
      else same.push(entry);
    }
  }
  return { kind: 'aggregate', fields: [...merged.values()].flatMap((same) => mergeEntries(same, field)) };
}

function mergeEntries(same: readonly ProtoValueField[], { message }: FieldModel): readonly ProtoValueField[] {
  const [first, second] = same;
  if (first === undefined || second === undefined) return same;
  const values = same.map(({ value }) => value);
  const member = message === undefined || first.isExtension ? undefined : fieldByName(message, first.name);
  const isSingular = member !== undefined && !member.isRepeated;
  return [
    {
      ...first,
      value: isSingular ? mergeValues(values, member) : { kind: 'list', values: values.flatMap(listed) },
    },
  ];
}

/** By UTF-16 units, as Java compares strings. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
