import type {
  ProtoEnumElement,
  ProtoFile,
  ProtoFileElement,
  ProtoMessageElement,
  ProtoOption,
} from '../syntax/proto-file.ts';

/**
 * `format=ignore_extensions`: a file without what extends other messages, without ranges for extensions, and without
 * custom options except those of Confluent.
 */
export function withoutExtensions(file: ProtoFile): ProtoFile {
  const elements = file.elements
    .filter((element) => element.kind !== 'extend' && isKept(element))
    .map(stripElement);
  return { ...file, elements };
}

function isKept(element: { readonly kind: string }): boolean {
  return element.kind !== 'option' || isKnown(element as ProtoOption);
}

function isKnown({ name: [step] }: ProtoOption): boolean {
  return step?.isExtension !== true || step.name.replace(/^\./, '').startsWith('confluent.');
}

function stripElement<E extends ProtoFileElement | ProtoMessageElement | ProtoEnumElement>(element: E): E {
  if (element.kind === 'message') return { ...element, elements: stripBody(element.elements) };
  if (element.kind === 'enum') {
    return { ...element, elements: element.elements.filter(isKept).map((item) => stripElement(item)) };
  }
  if (element.kind === 'field') return stripField(element) as E;
  if (element.kind === 'oneof') {
    return { ...element, fields: element.fields.map(stripField), options: element.options.filter(isKnown) };
  }
  if (element.kind === 'service') {
    const methods = element.methods.map((method) => ({ ...method, options: method.options.filter(isKnown) }));
    return { ...element, methods, options: element.options.filter(isKnown) };
  }
  return element.kind === 'enumValue' ? { ...element, options: element.options.filter(isKnown) } : element;
}

function stripBody(elements: readonly ProtoMessageElement[]): readonly ProtoMessageElement[] {
  return elements
    .filter((element) => element.kind !== 'extend' && element.kind !== 'extensions' && isKept(element))
    .map((element) => stripElement(element));
}

function stripField(field: Extract<ProtoMessageElement, { kind: 'field' }>): typeof field {
  const options = field.options.filter(isKnown);
  if (field.group === undefined) return { ...field, options };
  return { ...field, options, group: { ...field.group, elements: stripBody(field.group.elements) } };
}
