import {
  documentationText,
  inParentheses,
  typeName,
  unionText,
} from '../../json-schema/types/typescript-text.ts';
import type { AvroSchema } from '../avro-format.ts';
import type { AvroEnum, AvroNamed, AvroRecord, AvroType } from '../model/avro-type.ts';

/** How types are named. */
export interface AvroTypesOptions {
  /** Of the schema itself. Default: its name, else `Value`. */
  readonly name?: string;
}

/**
 * TypeScript types of the values of a schema, as `avro()` reads and writes them by default: one exported type for each record and
 * enum, recursive ones too. Logical types are those of the bytes beneath them, as in `InferAvro`.
 */
export function avroSchemaTypes(schema: AvroSchema, options: AvroTypesOptions = {}): string {
  return new AvroTypesPrinter().print(schema.root, options.name);
}

class AvroTypesPrinter {
  readonly #names = new Map<AvroNamed, string>();
  readonly #usedNames = new Set<string>();
  readonly #queue: (AvroRecord | AvroEnum)[] = [];

  print(root: AvroType, name: string | undefined): string {
    const isDeclared = root.kind === 'record' || root.kind === 'enum';
    const own = isDeclared ? this.#nameOf(root, name ?? root.name.simple) : undefined;
    const declarations =
      own === undefined ? [`export type ${this.#take(name ?? 'Value')} = ${this.#type(root)};\n`] : [];
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      declarations.push(this.#declaration(next));
    }
    return declarations.join('\n');
  }

  /** Asks for a declaration, once per schema. */
  #nameOf(type: AvroRecord | AvroEnum, suggestion = type.name.simple): string {
    let name = this.#names.get(type);
    if (name === undefined) {
      name = this.#take(suggestion);
      this.#names.set(type, name);
      this.#queue.push(type);
    }
    return name;
  }

  #take(suggestion: string): string {
    const base = typeName(suggestion);
    let name = base;
    for (let count = 2; this.#usedNames.has(name); count += 1) name = `${base}${count}`;
    this.#usedNames.add(name);
    return name;
  }

  #declaration(type: AvroRecord | AvroEnum): string {
    const head = documentationText(type.doc, '');
    const name = this.#nameOf(type);
    if (type.kind === 'enum') {
      return `${head}export type ${name} = ${unionText(type.symbols.map((symbol) => JSON.stringify(symbol)))};\n`;
    }
    const fields = type.fields.map(
      (field) => `${documentationText(field.doc, '  ')}  ${field.name}: ${this.#type(field.type)};\n`,
    );
    return `${head}export interface ${name} {\n${fields.join('')}}\n`;
  }

  #type(type: AvroType): string {
    switch (type.kind) {
      case 'record':
      case 'enum':
        return this.#nameOf(type);
      case 'array':
        return `${inParentheses(this.#type(type.items))}[]`;
      case 'map':
        return `Record<string, ${this.#type(type.values)}>`;
      case 'union':
        return unionText(type.branches.map((branch) => this.#type(branch)));
      case 'bytes':
      case 'fixed':
        return 'Buffer';
      case 'int':
      case 'long':
      case 'float':
      case 'double':
        return 'number';
      case 'null':
      case 'boolean':
      case 'string':
        return type.kind;
    }
  }
}
