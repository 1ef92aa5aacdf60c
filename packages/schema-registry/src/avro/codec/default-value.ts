import { InvalidSchemaError } from '../../errors.ts';
import { setMember, type JsonNode } from '../../json-text/json-node.ts';
import { branchName, type AvroField, type AvroType, type AvroUnion } from '../model/avro-type.ts';
import { defaultProblem } from '../parse/default-problem.ts';
import type { AvroCodecSettings } from './codec-options.ts';
import { logicalForms } from './logical-forms.ts';

/** Records within defaults of records; a default that holds itself has no end. */
const MAX_DEPTH = 200;

/** Makes the value of a field that the writer does not have; a new one each time where it could be changed. */
export type MakeDefault = () => unknown;

/** How the default of a field is made; undefined when it has none. */
export function fieldDefault(field: AvroField, settings: AvroCodecSettings): MakeDefault | undefined {
  const { type, defaultValue } = field;
  const json = defaultValue ?? enumDefault(type);
  if (json === undefined) return undefined;
  const build = () => defaultOf(type, json, settings, 0);
  const sample = build();
  return typeof sample === 'object' && sample !== null ? build : () => sample;
}

/** A field of an enum that has a default symbol needs none of its own. */
function enumDefault(type: AvroType): JsonNode | undefined {
  if (type.kind !== 'enum' || type.defaultSymbol === undefined) return undefined;
  return { kind: 'string', value: type.defaultSymbol, offset: 0 };
}

function defaultOf(type: AvroType, json: JsonNode, settings: AvroCodecSettings, depth: number): unknown {
  if (depth > MAX_DEPTH) throw new InvalidSchemaError('The default of a record holds itself');
  const raw = rawDefault(type, json, settings, depth);
  const form = settings.logicalTypes ? logicalForms(type) : undefined;
  return form === undefined ? raw : form.toValue(raw);
}

function rawDefault(type: AvroType, json: JsonNode, settings: AvroCodecSettings, depth: number): unknown {
  if (type.kind === 'union') return unionDefault(type, json, settings, depth);
  const problem = defaultProblem(type, json);
  // Stored schemas are read leniently; what is wrong with a default counts when it is needed.
  if (problem !== undefined) throw new InvalidSchemaError(`A default cannot be used: ${problem}`);
  switch (json.kind) {
    case 'literal':
      return json.value;
    case 'number':
      return type.kind === 'long' ? longOf(json.lexeme, settings) : numberOf(type, json.lexeme);
    case 'string':
      return type.kind === 'bytes' || type.kind === 'fixed' ? Buffer.from(json.value, 'latin1') : json.value;
    case 'array':
      return type.kind === 'array'
        ? json.items.map((item) => defaultOf(type.items, item, settings, depth + 1))
        : undefined;
    case 'object': {
      const members: Record<string, unknown> = {};
      for (const [name, item] of membersOf(type, json.members)) {
        setMember(
          members as Parameters<typeof setMember>[0],
          name,
          defaultOf(item.type, item.json, settings, depth + 1) as never,
        );
      }
      return members;
    }
  }
}

function membersOf(
  type: AvroType,
  members: ReadonlyMap<string, JsonNode>,
): readonly [string, { type: AvroType; json: JsonNode }][] {
  if (type.kind === 'map') return [...members].map(([name, json]) => [name, { type: type.values, json }]);
  if (type.kind !== 'record') return [];
  return type.fields.map((field) => {
    // defaultProblem() has seen that a member, or a default, is there.
    const json = (members.get(field.name) ?? field.defaultValue) as JsonNode;
    return [field.name, { type: field.type, json }];
  });
}

function unionDefault(type: AvroUnion, json: JsonNode, settings: AvroCodecSettings, depth: number): unknown {
  const branch = type.branches.find((candidate) => defaultProblem(candidate, json) === undefined);
  if (branch === undefined) throw new InvalidSchemaError('A default is of no branch of its union');
  const value = defaultOf(branch, json, settings, depth + 1);
  return settings.unions === 'natural' || branch.kind === 'null' ? value : { [branchName(branch)]: value };
}

function longOf(lexeme: string, { longs }: AvroCodecSettings): number | bigint {
  const exact = BigInt(lexeme);
  const number = Number(exact);
  return longs === 'number' && Number.isSafeInteger(number) ? number : exact;
}

function numberOf(type: AvroType, lexeme: string): number {
  return type.kind === 'float' ? Math.fround(Number(lexeme)) : Number(lexeme);
}
