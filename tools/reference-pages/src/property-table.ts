import { markdownTable } from './markdown-table.ts';

/** What a page tells of a property; every `PropertyDefinition` of `@millrace/config` has it. */
export interface PropertyRow {
  readonly type: string;
  /** `undefined` means that the property is required. */
  readonly default: unknown;
  readonly range?: string;
  readonly doc: string;
  readonly updateMode: string;
  // A method, so that definitions of every type of value fit; it is given nothing but their own default.
  format(value: unknown): string;
}

interface PropertyTableOptions {
  /** With a column "changed", which says whether a running node takes a new value. */
  readonly withUpdateMode?: boolean;
}

/** The properties of `definitions`, by name, as rows in their order. */
export function propertyTable(
  definitions: Readonly<Record<string, PropertyRow>>,
  { withUpdateMode = false }: PropertyTableOptions = {},
): string {
  const changed = (updateMode: string) => (withUpdateMode ? [updateMode] : []);
  return markdownTable(
    ['property', 'type', 'default', 'range', ...changed('changed'), 'meaning'],
    Object.entries(definitions).map(([name, definition]) => {
      const { type, range = '', doc, updateMode } = definition;
      return [`\`${name}\``, type, defaultText(definition), range, ...changed(updateMode), doc];
    }),
  );
}

function defaultText(definition: PropertyRow): string {
  if (definition.default === undefined) return 'required';
  const text = definition.format(definition.default);
  return text === '' ? '' : `\`${text}\``;
}
