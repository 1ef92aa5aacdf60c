import { branchName, type AvroRecord, type AvroType, type AvroUnion } from '../model/avro-type.ts';

/** How often a record occurs within itself in samples. */
const MAX_CIRCLES = 2;

/**
 * Values of a schema among which every branch and every symbol occurs, at every place where one may be; unions as objects
 * with the name of the branch.
 */
export function sampleValues(type: AvroType, above: readonly AvroRecord[] = []): readonly unknown[] {
  switch (type.kind) {
    case 'null':
      return [null];
    case 'boolean':
      return [true, false];
    case 'int':
      return [0, -1, 2 ** 31 - 1];
    case 'long':
      return [0, 1, -(2 ** 40), 9_223_372_036_854_775_807n];
    case 'float':
    case 'double':
      return [0, -1.5];
    case 'bytes':
      return [Buffer.from([]), Buffer.from('ab')];
    case 'string':
      return ['', 'text \u{1f600}'];
    case 'fixed':
      return [Buffer.alloc(type.sizeBytes, 7)];
    case 'enum':
      return type.symbols;
    case 'array':
      return isOften(type.items, above) ? [[]] : [[], sampleValues(type.items, above)];
    case 'map': {
      if (isOften(type.values, above)) return [{}];
      const values = sampleValues(type.values, above);
      return [{}, Object.fromEntries(values.map((value, index) => [`k${index}`, value]))];
    }
    case 'union':
      return unionSamples(type, above);
    case 'record': {
      const inside = [...above, type];
      const ofFields = type.fields.map((field) => [field.name, sampleValues(field.type, inside)] as const);
      const count = Math.max(1, ...ofFields.map(([, values]) => values.length));
      return Array.from({ length: count }, (_, index) =>
        Object.fromEntries(ofFields.map(([name, values]) => [name, values[index % values.length]])),
      );
    }
  }
}

/** Whether a record occurs within itself often enough. */
function isOften(type: AvroType, above: readonly AvroRecord[]): boolean {
  return above.filter((record) => record === type).length >= MAX_CIRCLES;
}

/** Circles go through unions with null, through arrays and maps, where they end. */
function unionSamples(type: AvroUnion, above: readonly AvroRecord[]): readonly unknown[] {
  return type.branches.flatMap((branch) => {
    if (branch.kind === 'null') return [null];
    if (isOften(branch, above)) return [];
    return sampleValues(branch, above).map((value) => ({ [branchName(branch)]: value }));
  });
}
