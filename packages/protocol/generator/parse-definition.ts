import {
  type ApiDefinition,
  type DefinitionFile,
  type FieldDefinition,
  type MessageDefinition,
  primitiveTypes,
  type StructDefinition,
} from './definition.ts';
import { parseVersionRange, type VersionRange } from './version-range.ts';

interface Line {
  readonly number: number;
  readonly depth: number;
  readonly text: string;
}

interface MessageHeader {
  readonly name: string;
  readonly kind: MessageDefinition['kind'];
  readonly apiKey: number;
}

interface Structs {
  /** Structs that were declared on their own or at the field that uses them first, by name. */
  readonly byName: Map<string, StructDefinition>;
  readonly lines: Map<string, readonly Line[]>;
  readonly ordered: StructDefinition[];
}

const FIELD = /^(\w+): (\w+)(\[\])?(\?(?:\d+(?:\+|-\d+)?)?)?(?: = ("[^"]*"|\S+))?(?:\s+(\S.*))?$/;

/** Parses a definition file; the notation is described in `definitions/README.md`. */
export function parseDefinitionFile(name: string, text: string): DefinitionFile {
  const summary = leadingComment(text);
  const lines = significantLines(text);
  let api: ApiDefinition | undefined;
  const messages: MessageDefinition[] = [];
  for (let index = 0; index < lines.length;) {
    const line = lines[index] as Line;
    const end = blockEnd(lines, index);
    try {
      if (line.text.startsWith('api ')) api = parseApi(line.text);
      else messages.push(parseMessage(line, lines.slice(index + 1, end), api));
    } catch (error) {
      throw new Error(`${name}.def, block at line ${line.number}: ${String(error)}`, { cause: error });
    }
    index = end;
  }
  return { name, summary, api, messages };
}

function leadingComment(text: string): string[] {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('#'));
  return lines.slice(0, end).map((line) => line.slice(1).trim());
}

function significantLines(text: string): Line[] {
  return text
    .split('\n')
    .map((raw, index) => {
      const spaces = raw.length - raw.trimStart().length;
      if (spaces % 2 !== 0) throw new Error(`line ${index + 1} is indented by an odd number of spaces`);
      return { number: index + 1, depth: spaces / 2, text: raw.trim() };
    })
    .filter((line) => line.text !== '' && !line.text.startsWith('#'));
}

/** The index behind the lines that are indented deeper than the line at `start`. */
function blockEnd(lines: readonly Line[], start: number): number {
  const depth = (lines[start] as Line).depth;
  let end = start + 1;
  while (end < lines.length && (lines[end] as Line).depth > depth) end++;
  return end;
}

function parseApi(text: string): ApiDefinition {
  const match = /^api (\d+) (\w+)(?: listeners ([a-z ]+)| (removed))$/.exec(text);
  if (match === null)
    throw new Error(`"${text}" is not "api KEY NAME listeners ..." or "api KEY NAME removed"`);
  return {
    apiKey: Number(match[1]),
    name: match[2] as string,
    listeners: match[3]?.split(' ') ?? [],
    isRemoved: match[4] !== undefined,
  };
}

function parseMessage(line: Line, body: readonly Line[], api: ApiDefinition | undefined): MessageDefinition {
  const match = /^(.*?) versions (\d+(?:-\d+)?)(?: flexible (\d+)\+)?( latest-unstable)?$/.exec(line.text);
  if (match === null) throw new Error(`"${line.text}" does not end in "versions A-B [flexible C+]"`);
  const versions = parseVersionRange(match[2] as string, { min: 0, max: 32_767 });
  const header = parseMessageHeader(match[1] as string, api);
  const structs: Structs = { byName: new Map(), lines: commonStructLines(body), ordered: [] };
  const fields = body.filter((bodyLine, index) => !isInsideStruct(body, index) && !isStruct(bodyLine));
  const root = { name: header.name, versions, fields: parseFields(fields, versions, structs, versions) };
  return {
    ...header,
    flexibleFrom: match[3] === undefined ? undefined : Number(match[3]),
    latestVersionUnstable: match[4] !== undefined,
    root,
    structs: structs.ordered,
  };
}

function parseMessageHeader(text: string, api: ApiDefinition | undefined): MessageHeader {
  if (text === 'request' || text === 'response') {
    if (api === undefined) throw new Error(`${text} without an api line before it`);
    const suffix = text === 'request' ? 'Request' : 'Response';
    return { name: api.name + suffix, kind: text, apiKey: api.apiKey };
  }
  const match = /^structure (\w+)(?: type (\d+))?$/.exec(text);
  if (match === null) throw new Error(`"${text}" is not "request", "response" or "structure NAME [type N]"`);
  return { name: match[1] as string, kind: 'structure', apiKey: Number(match[2] ?? -1) };
}

function isStruct(line: Line): boolean {
  return line.depth === 1 && line.text.startsWith('struct ');
}

function isInsideStruct(body: readonly Line[], index: number): boolean {
  let at = index;
  while ((body[at] as Line).depth > 1) at--;
  return isStruct(body[at] as Line);
}

function commonStructLines(body: readonly Line[]): Map<string, readonly Line[]> {
  const found = new Map<string, readonly Line[]>();
  body.forEach((line, index) => {
    if (!isStruct(line)) return;
    const name = line.text.split(/\s+/)[1] as string;
    found.set(name, body.slice(index, blockEnd(body, index)));
  });
  return found;
}

function parseFields(
  lines: readonly Line[],
  versions: VersionRange,
  structs: Structs,
  message: VersionRange,
): FieldDefinition[] {
  const fields: FieldDefinition[] = [];
  for (let index = 0; index < lines.length;) {
    const end = blockEnd(lines, index);
    fields.push(
      parseField(lines[index] as Line, lines.slice(index + 1, end), { versions, structs, message }),
    );
    index = end;
  }
  return fields;
}

interface FieldContext {
  /** Versions of the struct the field is in. */
  readonly versions: VersionRange;
  readonly structs: Structs;
  /** Versions of the message. */
  readonly message: VersionRange;
}

function parseField(line: Line, children: readonly Line[], context: FieldContext): FieldDefinition {
  const match = FIELD.exec(line.text);
  if (match === null) throw new Error(`line ${line.number}: "${line.text}" is not a field`);
  const [, name = '', type = '', array, nullable, fallback, rest] = match;
  const attributes = parseAttributes(rest ?? '', context.versions, line.number);
  return {
    name,
    type,
    struct: isPrimitive(type) ? undefined : findStruct(type, children, attributes.versions, context),
    isArray: array !== undefined,
    nullableVersions: nullableVersions(nullable, attributes.versions),
    default: fallback,
    ...attributes,
  };
}

function isPrimitive(type: string): boolean {
  return (primitiveTypes as readonly string[]).includes(type);
}

function nullableVersions(mark: string | undefined, versions: VersionRange): VersionRange | undefined {
  if (mark === undefined) return undefined;
  return mark === '?' ? versions : parseVersionRange(mark.slice(1), versions);
}

function parseAttributes(
  text: string,
  within: VersionRange,
  lineNumber: number,
): Pick<FieldDefinition, 'versions' | 'tag' | 'ignorable' | 'inflexible'> {
  const match = /^(\d+(?:\+|-\d+)?)?\s*(?:tag (\d+))?\s*(ignorable)?\s*(inflexible)?$/.exec(text);
  if (match === null)
    throw new Error(`line ${lineNumber}: "${text}" is not "[VERSIONS] [tag N] [ignorable]"`);
  return {
    versions: match[1] === undefined ? within : parseVersionRange(match[1], within),
    tag: match[2] === undefined ? undefined : Number(match[2]),
    ignorable: match[3] !== undefined,
    inflexible: match[4] !== undefined,
  };
}

/** A struct is defined by the lines below its field, or by a `struct` block of the same message. */
function findStruct(
  name: string,
  children: readonly Line[],
  versions: VersionRange,
  context: FieldContext,
): StructDefinition {
  const { structs, message } = context;
  const known = structs.byName.get(name);
  if (known !== undefined) {
    if (children.length > 0) throw new Error(`struct ${name} is defined twice`);
    return known;
  }
  const common = structs.lines.get(name);
  if (children.length === 0 && common === undefined) throw new Error(`struct ${name} is not defined`);
  const own = common === undefined ? versions : commonVersions(common[0] as Line, message);
  const lines = common === undefined ? children : common.slice(1);
  const struct = { name, versions: own, fields: parseFields(lines, own, structs, message) };
  structs.byName.set(name, struct);
  structs.ordered.push(struct);
  return struct;
}

function commonVersions(line: Line, message: VersionRange): VersionRange {
  const [, , text] = line.text.split(/\s+/);
  return text === undefined ? message : parseVersionRange(text, message);
}
