import type { SchemaLocation } from '../draft/schema-document.ts';
import type { JsonSchema } from '../json-schema.ts';
import { isSchema, membersOf, textsOf } from '../model/keyword-values.ts';
import { referencedLocations } from '../model/referenced-location.ts';
import { isMembers, type JsonMembers, type JsonValue } from '../../json-text/json-node.ts';
import { pointerSegment, pointerSegments } from '../../json-text/json-pointer.ts';
import {
  documentationComment,
  inParentheses,
  isCompound,
  literalText,
  propertyName,
  typeName,
  unionText,
} from './typescript-text.ts';

/** How types are named. */
export interface TypescriptTypesOptions {
  /** Of the schema itself. Default: its title, else `Value`. */
  readonly name?: string;
}

/**
 * TypeScript types of the values that fit a schema: one exported type for the schema and one for each schema that it refers to,
 * recursive ones too. What a type cannot say (lengths, patterns, `not`, `if`) is left out.
 */
export function jsonSchemaTypes(schema: JsonSchema, options: TypescriptTypesOptions = {}): string {
  return new TypesPrinter(schema).print(options.name ?? schema.name ?? 'Value');
}

class TypesPrinter {
  readonly #root: SchemaLocation;
  /** Names by document and pointer; a reference to a name may come before its declaration. */
  readonly #names = new Map<JsonValue, string>();
  readonly #usedNames = new Set<string>();
  readonly #queue: SchemaLocation[] = [];

  constructor(schema: JsonSchema) {
    this.#root = schema.document.rootLocation;
  }

  print(name: string): string {
    this.#nameOf(this.#root, name);
    const declarations: string[] = [];
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      declarations.push(this.#declaration(next));
    }
    return declarations.join('\n');
  }

  /** Asks for a declaration, once per schema. */
  #nameOf(location: SchemaLocation, suggestion: string): string {
    const known = this.#names.get(location.schema);
    if (known !== undefined && typeof location.schema === 'object') return known;
    const base = typeName(suggestion);
    let name = base;
    for (let count = 2; this.#usedNames.has(name); count += 1) name = `${base}${count}`;
    this.#usedNames.add(name);
    this.#names.set(location.schema, name);
    this.#queue.push(location);
    return name;
  }

  #declaration(location: SchemaLocation): string {
    const name = this.#names.get(location.schema) ?? 'Value';
    const comment = isMembers(location.schema) ? documentationComment(location.schema, '') : '';
    const type = this.#type(location, '');
    return type.startsWith('{\n') && !isCompound(type)
      ? `${comment}export interface ${name} ${type}\n`
      : `${comment}export type ${name} = ${type};\n`;
  }

  #type(location: SchemaLocation, indent: string): string {
    const { schema } = location;
    if (schema === false) return 'never';
    if (!isMembers(schema)) return 'unknown';
    const [target] = referencedLocations(location, schema, this.#root);
    if (target !== undefined) return this.#nameOf(target, suggestedName(target));
    if ('const' in schema) return literalText(schema['const']);
    if (Array.isArray(schema['enum'])) return unionText((schema['enum'] as JsonValue[]).map(literalText));
    const parts = [
      ...this.#typed(location, schema, indent),
      ...['anyOf', 'oneOf'].flatMap((keyword) => this.#union(location, schema, keyword, indent)),
      ...this.#members(location, schema, 'allOf', indent),
    ].filter((part) => part !== 'unknown');
    if (parts.length === 0) return 'unknown';
    return parts.length === 1 ? parts[0]! : parts.map(inParentheses).join(' & ');
  }

  #members(location: SchemaLocation, schema: JsonMembers, keyword: string, indent: string): string[] {
    const members = schema[keyword];
    if (!Array.isArray(members)) return [];
    return (members as JsonValue[]).map((member, index) =>
      this.#child(location, member, `/${keyword}/${index}`, indent),
    );
  }

  #union(location: SchemaLocation, schema: JsonMembers, keyword: string, indent: string): string[] {
    const members = this.#members(location, schema, keyword, indent);
    return members.length === 0 ? [] : [unionText(members)];
  }

  #child(parent: SchemaLocation, schema: JsonValue, at: string, indent: string): string {
    return this.#type(parent.document.at(schema, parent.pointer + at, parent.base), indent);
  }

  #typed(location: SchemaLocation, schema: JsonMembers, indent: string): string[] {
    const { type } = schema;
    if (typeof type === 'string') return [this.#ofType(location, schema, type, indent)];
    if (Array.isArray(type)) {
      return [unionText(textsOf(type).map((one) => this.#ofType(location, schema, one, indent)))];
    }
    return 'properties' in schema ? [this.#ofType(location, schema, 'object', indent)] : [];
  }

  #ofType(location: SchemaLocation, schema: JsonMembers, type: string, indent: string): string {
    switch (type) {
      case 'integer':
        return 'number';
      case 'array':
        return this.#array(location, schema, indent);
      case 'object':
        return this.#object(location, schema, indent);
      default:
        return type;
    }
  }

  #array(location: SchemaLocation, schema: JsonMembers, indent: string): string {
    const positions = [schema['prefixItems'], schema['items']].find((value) => Array.isArray(value));
    const keyword = 'prefixItems' in schema ? 'prefixItems' : 'items';
    if (positions === undefined) {
      const { items } = schema;
      return isSchema(items)
        ? `${inParentheses(this.#child(location, items, '/items', indent))}[]`
        : 'unknown[]';
    }
    const restKeyword = keyword === 'items' ? 'additionalItems' : 'items';
    const rest = schema[restKeyword] ?? true;
    const types = (positions as readonly JsonValue[]).map((item, index) =>
      this.#child(location, item, `/${keyword}/${index}`, indent),
    );
    if (rest !== false)
      types.push(`...${inParentheses(this.#child(location, rest, `/${restKeyword}`, indent))}[]`);
    return `[${types.join(', ')}]`;
  }

  #object(location: SchemaLocation, schema: JsonMembers, indent: string): string {
    const properties = Object.entries(membersOf(schema, 'properties'));
    const rest = schema['additionalProperties'];
    if (properties.length === 0) {
      const type =
        isSchema(rest) && rest !== false
          ? this.#child(location, rest, '/additionalProperties', indent)
          : 'unknown';
      return rest === false ? 'Record<string, never>' : `Record<string, ${type}>`;
    }
    const required = new Set(textsOf(schema['required']));
    const inner = `${indent}  `;
    const lines = properties.map(([name, property]) => {
      const type = this.#child(location, property, `/properties/${pointerSegment(name)}`, inner);
      const comment = isMembers(property) ? documentationComment(property, inner) : '';
      return `${comment}${inner}${propertyName(name)}${required.has(name) ? '' : '?'}: ${type};`;
    });
    return `{\n${lines.join('\n')}\n${indent}}`;
  }
}

/** The title of a schema, the name of its definition, or the name of its document. */
function suggestedName({ schema, pointer, base }: SchemaLocation): string {
  const title = isMembers(schema) ? schema['title'] : undefined;
  if (typeof title === 'string') return title;
  const last = pointerSegments(pointer).at(-1);
  return (
    last ??
    base
      .split('/')
      .at(-1)
      ?.replace(/\.(?:schema\.)?json$/, '') ??
    'Value'
  );
}
