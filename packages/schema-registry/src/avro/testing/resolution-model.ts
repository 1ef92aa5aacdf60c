import type { AvroEnum, AvroField, AvroNamed, AvroRecord, AvroType } from '../model/avro-type.ts';
import { branchName } from '../model/avro-type.ts';
import { sampleValues } from './sample-values.ts';

/**
 * Schema resolution as the specification tells it, value by value, to judge the checker and the codec by: neither of them
 * is used here. A reader can read a writer when every sample of the writer can be resolved.
 */
export function modelCanRead(
  reader: AvroType,
  writer: AvroType,
  questions: readonly Question[] = [],
): boolean {
  // The same question inside itself: circles are readable unless something else in them is not.
  if (questions.some((question) => question.reader === reader && question.writer === writer)) return true;
  const asked = [...questions, { reader, writer }];
  return sampleValues(writer).every((value) => canResolve(reader, writer, value, asked));
}

/** Whether a reader can read a writer, while that is being found out. */
interface Question {
  readonly reader: AvroType;
  readonly writer: AvroType;
}

function canResolve(reader: AvroType, writer: AvroType, value: unknown, asked: readonly Question[]): boolean {
  if (writer.kind === 'union') {
    const name = value === null ? 'null' : Object.keys(value as object)[0];
    const branch = writer.branches.find((candidate) => branchName(candidate) === name) as AvroType;
    return canResolve(
      reader,
      branch,
      value === null ? null : (value as Record<string, unknown>)[name as string],
      asked,
    );
  }
  if (reader.kind === 'union') {
    // A branch is chosen by the schemas, before a value is seen, so it has to do for all of them.
    return reader.branches.some((branch) => modelCanRead(branch, writer, asked));
  }
  if (reader.kind === 'record' && writer.kind === 'record') {
    return (
      sameName(reader, writer) && resolvesFields(reader, writer, value as Record<string, unknown>, asked)
    );
  }
  if (reader.kind === 'array' && writer.kind === 'array') {
    return (value as unknown[]).every((item) => canResolve(reader.items, writer.items, item, asked));
  }
  if (reader.kind === 'map' && writer.kind === 'map') {
    return Object.values(value as object).every((item) =>
      canResolve(reader.values, writer.values, item, asked),
    );
  }
  if (reader.kind === 'enum' && writer.kind === 'enum') {
    return sameName(reader, writer) && hasSymbol(reader, value as string);
  }
  if (reader.kind === 'fixed' && writer.kind === 'fixed') {
    return sameName(reader, writer) && reader.sizeBytes === writer.sizeBytes;
  }
  return reader.kind === writer.kind || isPromoted(reader.kind, writer.kind);
}

function resolvesFields(
  reader: AvroRecord,
  writer: AvroRecord,
  value: Record<string, unknown>,
  asked: readonly Question[],
): boolean {
  return reader.fields.every((field) => {
    const written = writer.fields.filter(({ name }) => [field.name, ...field.aliases].includes(name));
    if (written.length > 1) return false;
    const [only] = written;
    return only === undefined
      ? hasDefault(field)
      : canResolve(field.type, only.type, value[only.name], asked);
  });
}

function hasDefault({ defaultValue, type }: AvroField): boolean {
  return defaultValue !== undefined || (type.kind === 'enum' && type.defaultSymbol !== undefined);
}

function hasSymbol(reader: AvroEnum, symbol: string): boolean {
  return reader.symbols.includes(symbol) || reader.defaultSymbol !== undefined;
}

function sameName(reader: AvroNamed, writer: AvroNamed): boolean {
  const names = reader.aliases.map(({ full }) => full);
  return reader.name.simple === writer.name.simple || names.includes(writer.name.full);
}

function isPromoted(reader: string, writer: string): boolean {
  const order = ['int', 'long', 'float', 'double'];
  const texts = ['bytes', 'string'];
  if (texts.includes(reader)) return texts.includes(writer);
  return order.includes(writer) && order.indexOf(reader) > order.indexOf(writer);
}
