import type { AvroRecord, AvroType } from '../model/avro-type.ts';
import { minBytes } from './min-bytes.ts';
import type { SourceBuilder } from '../../codec/source-builder.ts';

/** Where functions go, and those that are there already. */
export interface SkipContext {
  readonly source: SourceBuilder;
  readonly records: Map<AvroRecord, string>;
}

/** Statements that pass over a value that nobody wants. */
export function skipSource(type: AvroType, context: SkipContext): string {
  switch (type.kind) {
    case 'null':
      return '';
    case 'boolean':
      return 'r.skip(1);';
    case 'int':
    case 'long':
    case 'enum':
      return 'r.skipLong();';
    case 'float':
      return 'r.skip(4);';
    case 'double':
      return 'r.skip(8);';
    case 'string':
    case 'bytes':
      return 'r.skipBytes();';
    case 'fixed':
      return `r.skip(${type.sizeBytes});`;
    case 'array':
      return skipBlocks(type.items, '', context);
    case 'map':
      return skipBlocks(type.values, 'r.skipBytes();', context);
    case 'union': {
      const cases = type.branches.map(
        (branch, index) => `case ${index}: ${skipSource(branch, context)} break;`,
      );
      return `switch (r.int()) { ${cases.join('\n')} default: r.bad('there is no such branch of a union'); }`;
    }
    case 'record':
      return `${skipRecord(type, context)}(r);`;
  }
}

function skipBlocks(type: AvroType, key: string, context: SkipContext): string {
  const [count, index] = context.source.names('count', 'i');
  const next = `r.skipBlockCount(${minBytes(type) + (key === '' ? 0 : 1)})`;
  return `for (let ${count} = ${next}; ${count} > 0; ${count} = ${next}) {
for (let ${index} = 0; ${index} < ${count}; ${index}++) { ${key} ${skipSource(type, context)} } }`;
}

function skipRecord(type: AvroRecord, context: SkipContext): string {
  const known = context.records.get(type);
  if (known !== undefined) return known;
  const name = context.source.name('skip');
  context.records.set(type, name);
  const fields = type.fields.map((field) => skipSource(field.type, context));
  context.source.define(`function ${name}(r) { ${fields.join('\n')} }`);
  return name;
}
