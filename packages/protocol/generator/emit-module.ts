import { NEVER_FLEXIBLE } from '../src/wire/limits.ts';
import { block, wrapAssignment } from './code-lines.ts';
import type { DefinitionFile, MessageDefinition, StructDefinition } from './definition.ts';
import { emitCreate } from './emit-create.ts';
import { emitReader } from './emit-reader.ts';
import { emitDecodedInterface, emitInputInterface } from './emit-types.ts';
import { emitValueCheck, structsToCheck } from './emit-value-check.ts';
import { emitWriter } from './emit-writer.ts';
import { structTypeName } from './typescript-type.ts';

/** The generated module of one definition file. */
export function emitModule(file: DefinitionFile, source: string): string {
  const body = file.messages.flatMap((message) => emitMessage(message, file));
  const text = body.flatMap(wrapAssignment).join('\n');
  const summary = file.summary.map((line) => `// ${line}`.trimEnd());
  const header = [
    `// Generated from ${source}`,
    '// by "npm run generate -w packages/protocol". Do not edit.',
    ...(summary.length === 0 ? [] : ['//', ...summary]),
    '',
    ...imports(text),
    '',
  ];
  return `${[...header, text].join('\n').trimEnd()}\n`;
}

function imports(text: string): string[] {
  const used = (name: string): boolean => new RegExp(`\\b${name}\\b`).test(text);
  const lines: string[] = [];
  if (used('Buffer')) lines.push("import type { Buffer } from 'node:buffer';", '');
  if (used('EMPTY_BYTES')) lines.push("import { EMPTY_BYTES } from '../../wire/empty-bytes.ts';");
  if (used('LONG_MAX')) lines.push("import { LONG_MAX } from '../../wire/limits.ts';");
  lines.push("import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';");
  if (used('UnknownTaggedField'))
    lines.push("import type { UnknownTaggedField } from '../../wire/tagged-field.ts';");
  if (used('ZERO_UUID')) lines.push("import { ZERO_UUID } from '../../wire/uuid.ts';");
  lines.push("import type { WireReader } from '../../wire/wire-reader.ts';");
  lines.push("import type { WireWriter } from '../../wire/wire-writer.ts';");
  return lines;
}

function emitMessage(message: MessageDefinition, file: DefinitionFile): string[] {
  const structs = [...message.structs, message.root];
  checkUniqueNames(message, structs);
  const needCheck = structsToCheck(message);
  const needCreate = structsToCreate(message);
  const parts = [
    ...structs
      .toReversed()
      .flatMap((struct) => [
        [
          ...(struct === message.root ? docComment(message, file) : []),
          ...emitDecodedInterface(message, struct),
        ],
        emitInputInterface(message, struct),
      ]),
    [...docComment(message, file), ...emitCodec(message)],
    ...structs.flatMap((struct) => [
      emitReader(message, struct),
      emitWriter(message, struct),
      ...(needCreate.has(struct) ? [emitCreate(message, struct)] : []),
      ...(needCheck.has(struct) ? [emitValueCheck(message, struct)] : []),
    ]),
  ];
  return parts.flatMap((part) => [...part, '']);
}

/** What an editor shows for the message. */
function docComment(message: MessageDefinition, file: DefinitionFile): string[] {
  const { min, max } = message.root.versions;
  const versions = min === max ? `version ${min}` : `versions ${min} to ${max}`;
  if (file.api === undefined) return [`/** ${message.name}, ${versions}. */`];
  const role = message.kind === 'request' ? 'Request' : 'Response';
  const lines = [`${role} of ${file.api.name} (API key ${file.api.apiKey}), ${versions}.`, ...file.summary];
  return ['/**', ...lines.map((line) => ` * ${line}`), ' */'];
}

function checkUniqueNames(message: MessageDefinition, structs: readonly StructDefinition[]): void {
  const names = new Set(structs.map((struct) => structTypeName(message, struct)));
  if (names.size !== structs.length)
    throw new Error(`${message.name} has two structs that would get the same name`);
}

/** The root, and every struct that is the default of a field. */
function structsToCreate(message: MessageDefinition): Set<StructDefinition> {
  const found = new Set<StructDefinition>();
  const add = (struct: StructDefinition): void => {
    found.add(struct);
    for (const field of struct.fields) if (needsCreate(field)) add(field.struct as StructDefinition);
  };
  add(message.root);
  for (const struct of message.structs) {
    for (const field of struct.fields) {
      if (needsCreate(field) && isUsedAsDefault(field, struct)) add(field.struct as StructDefinition);
    }
  }
  return found;
}

function needsCreate(field: StructDefinition['fields'][number]): boolean {
  return field.struct !== undefined && !field.isArray && field.default !== 'null';
}

function isUsedAsDefault(field: StructDefinition['fields'][number], struct: StructDefinition): boolean {
  return (
    field.tag !== undefined ||
    field.ignorable ||
    field.versions.min !== struct.versions.min ||
    field.versions.max !== struct.versions.max
  );
}

function emitCodec(message: MessageDefinition): string[] {
  const { name, root } = message;
  const properties = [
    `name: '${name}',`,
    `apiKey: ${message.apiKey},`,
    `minVersion: ${root.versions.min},`,
    `maxVersion: ${root.versions.max},`,
    `flexibleFrom: ${message.flexibleFrom ?? NEVER_FLEXIBLE},`,
    `latestVersionUnstable: ${message.latestVersionUnstable},`,
    `read: read${name},`,
    `write: write${name},`,
    `create: (partial) => ({ ...create${name}(), ...partial }),`,
  ];
  const head = `export const ${name}: MessageCodec<${name}, ${name}Input> = /* @__PURE__ */ defineMessage(`;
  const literal = block(head, properties);
  return [literal[0]!.replace('( {', '({'), ...literal.slice(1, -1), '});'];
}
