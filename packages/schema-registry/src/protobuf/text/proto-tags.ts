import { elementsOf } from '../syntax/elements-of.ts';
import type {
  ProtoField,
  ProtoFile,
  ProtoMessage,
  ProtoMessageElement,
  ProtoOption,
  ProtoValue,
  ProtoValueField,
} from '../syntax/proto-file.ts';
import { bytesOfText, textOfBytes } from '../syntax/string-literal.ts';

/** A message or a field, with the tags that its options give it. */
export interface TaggedProtoEntity {
  /** Names from the top of the file, without the package: `Order.Line.sku`. */
  readonly entityPath: string;
  readonly entityType: 'sr_record' | 'sr_field';
  readonly tags: readonly string[];
}

const META = { sr_record: 'confluent.message_meta', sr_field: 'confluent.field_meta' } as const;
/** The file that declares both options. */
const META_FILE = 'confluent/meta.proto';
const TAGS = 'tags';

/** Every message and field of a file that tags can stand at, those without tags too. */
export function protoEntities({ elements }: ProtoFile): readonly TaggedProtoEntity[] {
  return elementsOf(elements, 'message').flatMap((message) => entitiesOf(message, ''));
}

/**
 * The file with other tags. An entity keeps everything else that its options say; several options of the same meta
 * become one, and the file that declares it is imported where something gets its first tag.
 * @param tagsOf undefined for an entity that stays as it is
 */
export function withProtoTags(
  file: ProtoFile,
  tagsOf: (entity: Omit<TaggedProtoEntity, 'tags'>) => readonly string[] | undefined,
): ProtoFile {
  const elements = file.elements.map((element) =>
    element.kind === 'message' ? tagMessage(element, '', tagsOf) : element,
  );
  const tagged = { ...file, elements };
  const isDeclared = file.imports.some(({ path }) => path === META_FILE);
  if (isDeclared || protoEntities(tagged).every(({ tags }) => tags.length === 0)) return tagged;
  return { ...tagged, imports: [...file.imports, { at: 0, path: META_FILE, modifier: undefined }] };
}

function entitiesOf({ name, elements }: ProtoMessage, scope: string): TaggedProtoEntity[] {
  const path = `${scope}${name}`;
  return [
    { entityPath: path, entityType: 'sr_record', tags: tagsIn(elementsOf(elements, 'option'), 'sr_record') },
    ...fieldsOf(elements).map(({ name: field, options }) => ({
      entityPath: `${path}.${field}`,
      entityType: 'sr_field' as const,
      tags: tagsIn(options, 'sr_field'),
    })),
    ...elementsOf(elements, 'message').flatMap((message) => entitiesOf(message, `${path}.`)),
  ];
}

function fieldsOf(elements: readonly ProtoMessageElement[]): readonly ProtoField[] {
  return elements.flatMap((element) => {
    if (element.kind === 'oneof') return element.fields;
    return element.kind === 'field' ? [element] : [];
  });
}

type TagsOf = Parameters<typeof withProtoTags>[1];

function tagMessage(message: ProtoMessage, scope: string, tagsOf: TagsOf): ProtoMessage {
  const path = `${scope}${message.name}`;
  const inner = message.elements.map((element): ProtoMessageElement => {
    if (element.kind === 'message') return tagMessage(element, `${path}.`, tagsOf);
    if (element.kind === 'field') return tagField(element, path, tagsOf);
    if (element.kind !== 'oneof') return element;
    return { ...element, fields: element.fields.map((field) => tagField(field, path, tagsOf)) };
  });
  const tags = tagsOf({ entityPath: path, entityType: 'sr_record' });
  if (tags === undefined) return { ...message, elements: inner };
  const options = retagged(elementsOf(inner, 'option'), 'sr_record', tags);
  return { ...message, elements: [...options, ...inner.filter(({ kind }) => kind !== 'option')] };
}

function tagField(field: ProtoField, path: string, tagsOf: TagsOf): ProtoField {
  const tags = tagsOf({ entityPath: `${path}.${field.name}`, entityType: 'sr_field' });
  return tags === undefined ? field : { ...field, options: retagged(field.options, 'sr_field', tags) };
}

function tagsIn(options: readonly ProtoOption[], type: keyof typeof META): string[] {
  const values = metaFields(options, type).filter(({ name }) => name === TAGS);
  return [...new Set(values.flatMap(({ value }) => textsOf(value)))];
}

/** What all options of the meta say together: `(meta).doc = "a"` is a field `doc` of `(meta) = { … }`. */
function metaFields(options: readonly ProtoOption[], type: keyof typeof META): readonly ProtoValueField[] {
  return options
    .filter((option) => isMeta(option, type))
    .flatMap(({ name, value }) => {
      const nested = name.slice(1).reduceRight<ProtoValue>(
        (inner, step) => ({
          kind: 'aggregate',
          fields: [{ at: 0, name: step.name, isExtension: step.isExtension, value: inner }],
        }),
        value,
      );
      return nested.kind === 'aggregate' ? nested.fields : [];
    });
}

function isMeta({ name: [step] }: ProtoOption, type: keyof typeof META): boolean {
  return step?.isExtension === true && step.name.replace(/^\./, '') === META[type];
}

function textsOf(value: ProtoValue): string[] {
  if (value.kind === 'list') return value.values.flatMap(textsOf);
  return value.kind === 'string' ? [textOfBytes(value.bytes) ?? value.bytes] : [];
}

/** The options with one meta in place of all, where the first one stood. */
function retagged(
  options: readonly ProtoOption[],
  type: keyof typeof META,
  tags: readonly string[],
): readonly ProtoOption[] {
  const values = tags.map((tag): ProtoValue => ({ kind: 'string', bytes: bytesOfText(tag) }));
  const rest = metaFields(options, type).filter(({ name }) => name !== TAGS);
  const fields =
    tags.length === 0
      ? rest
      : [...rest, { at: 0, name: TAGS, isExtension: false, value: { kind: 'list' as const, values } }];
  const first = options.findIndex((option) => isMeta(option, type));
  const others = options.filter((option) => !isMeta(option, type));
  if (fields.length === 0) return others;
  const meta: ProtoOption = {
    kind: 'option',
    at: 0,
    name: [{ name: META[type], isExtension: true }],
    value: { kind: 'aggregate', fields },
    valueAt: 0,
  };
  // Nothing but options of the same meta is taken away before the place of the first one.
  return first === -1 ? [...others, meta] : others.toSpliced(first, 0, meta);
}
