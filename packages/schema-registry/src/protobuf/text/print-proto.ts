import {
  MAX_ENUM_NUMBER,
  MAX_FIELD_NUMBER,
  type ProtoEnum,
  type ProtoEnumValue,
  type ProtoExtend,
  type ProtoExtensions,
  type ProtoField,
  type ProtoFile,
  type ProtoImport,
  type ProtoMessage,
  type ProtoMessageElement,
  type ProtoMethod,
  type ProtoOneof,
  type ProtoOption,
  type ProtoRange,
  type ProtoReserved,
  type ProtoService,
  type ProtoVisibility,
} from '../syntax/proto-file.ts';
import { elementsOf } from '../syntax/elements-of.ts';
import { bytesOfText } from '../syntax/string-literal.ts';
import { indented, printBracketedOptions, printOptionStatement, printString } from './print-option.ts';

/**
 * The text of a file in the form that Confluent's registry stores: no comments, two blanks of indentation, and the parts
 * of a message always in the same order (reserved, options, fields, oneofs, groups, extensions, nested messages, enums).
 * Where Confluent's printer leaves something out that matters (weak imports, editions, what stands within groups), it is
 * printed here.
 */
export function printProto(file: ProtoFile): string {
  return new ProtoPrinter(file.edition !== undefined, inPrintedOrder).file(file);
}

/** The same of a normalised file, whose options stay in the order they have. */
export function printNormalizedProto(file: ProtoFile): string {
  return new ProtoPrinter(file.edition !== undefined, (options) => options).file(file);
}

class ProtoPrinter {
  /** Reserved names have no quotes in editions. */
  readonly #isEdition: boolean;
  readonly #ordered: (options: readonly ProtoOption[]) => readonly ProtoOption[];

  constructor(isEdition: boolean, ordered: (options: readonly ProtoOption[]) => readonly ProtoOption[]) {
    this.#isEdition = isEdition;
    this.#ordered = ordered;
  }

  file(file: ProtoFile): string {
    const { elements } = file;
    const header = [
      file.syntax === undefined ? '' : `syntax = "${file.syntax}";\n`,
      file.edition === undefined ? '' : `edition = "${file.edition}";\n`,
      file.package === undefined ? '' : `package ${file.package};\n`,
    ];
    const sections = [
      printImports(file.imports),
      elementsOf(elements, 'option').map(printOptionStatement),
      [
        ...elementsOf(elements, 'message').map((message) => this.#message(message)),
        ...elementsOf(elements, 'enum').map((type) => this.#enum(type)),
      ],
      elementsOf(elements, 'extend').map((extend) => this.#extend(extend)),
      elementsOf(elements, 'service').map(printService),
    ];
    return `${header.join('')}${printSections(sections)}`;
  }

  #message({ name, visibility, elements }: ProtoMessage): string {
    return `${printVisibility(visibility)}message ${name} {${this.#messageBody(elements)}}\n`;
  }

  #messageBody(elements: readonly ProtoMessageElement[]): string {
    const fields = elementsOf(elements, 'field');
    return printSections(
      [
        elementsOf(elements, 'reserved').map((reserved) => this.#reserved(reserved, MAX_FIELD_NUMBER)),
        elementsOf(elements, 'option').map(printOptionStatement),
        fields.filter((field) => field.group === undefined).map((field) => this.#field(field)),
        elementsOf(elements, 'oneof').map((oneof) => this.#oneof(oneof)),
        fields.filter((field) => field.group !== undefined).map((field) => this.#field(field)),
        elementsOf(elements, 'extensions').map(printExtensions),
        elementsOf(elements, 'extend').map((extend) => this.#extend(extend)),
        [
          ...elementsOf(elements, 'message').map((message) => this.#message(message)),
          ...elementsOf(elements, 'enum').map((type) => this.#enum(type)),
        ],
      ].map((section) => section.map(indented)),
    );
  }

  #oneof({ name, fields, options }: ProtoOneof): string {
    const sections = [
      options.map(printOptionStatement),
      fields.filter((field) => field.group === undefined).map((field) => this.#field(field)),
      fields.filter((field) => field.group !== undefined).map((field) => this.#field(field)),
    ];
    return `oneof ${name} {${printSections(sections.map((section) => section.map(indented)))}}\n`;
  }

  #extend({ extendee, fields }: ProtoExtend): string {
    return `extend ${extendee} {${printSections([fields.map((field) => indented(this.#field(field)))])}}\n`;
  }

  #field(field: ProtoField): string {
    const label = field.label === undefined ? '' : `${field.label} `;
    const options = printBracketedOptions(this.#ordered(field.options));
    if (field.group !== undefined) {
      const body = this.#messageBody(field.group.elements);
      return `${label}group ${field.group.name} = ${field.number}${options} {${body}}\n`;
    }
    const type = field.mapKey === undefined ? field.type : `map<${field.mapKey}, ${field.type}>`;
    return `${label}${type} ${field.name} = ${field.number}${options};\n`;
  }

  #enum({ name, visibility, elements }: ProtoEnum): string {
    const lines = [
      ...elementsOf(elements, 'reserved').map((reserved) => this.#reserved(reserved, MAX_ENUM_NUMBER)),
      ...elementsOf(elements, 'option').map(printOptionStatement),
      ...elementsOf(elements, 'enumValue').map(printEnumValue),
    ];
    return `${printVisibility(visibility)}enum ${name} {${printSections([lines.map(indented)])}}\n`;
  }

  #reserved({ ranges, names }: ProtoReserved, max: number): string {
    const printed = this.#isEdition ? names : names.map((name) => printString(bytesOfText(name)));
    return `reserved ${[...ranges.map((range) => printRange(range, max)), ...printed].join(', ')};\n`;
  }
}

/** Each section that is not empty, behind an empty line or the end of the line before. */
function printSections(sections: readonly (readonly string[])[]): string {
  return sections
    .filter((section) => section.length > 0)
    .map((section) => `\n${section.join('')}`)
    .join('');
}

function printImports(imports: readonly ProtoImport[]): readonly string[] {
  const modifiers = [undefined, 'public', 'weak', 'option'] as const;
  return modifiers.flatMap((wanted) =>
    imports
      .filter(({ modifier }) => modifier === wanted)
      .map(
        ({ path }) =>
          `import ${wanted === undefined ? '' : `${wanted} `}${printString(bytesOfText(path))};\n`,
      ),
  );
}

function printVisibility(visibility: ProtoVisibility): string {
  return visibility === undefined ? '' : `${visibility} `;
}

/** The default value and the JSON name come after the other options. */
function inPrintedOrder(options: readonly ProtoOption[]): readonly ProtoOption[] {
  return options.toSorted((left, right) => printedRank(left) - printedRank(right));
}

function printedRank({ name: [step] }: ProtoOption): number {
  if (step?.isExtension !== false) return 0;
  return step.name === 'default' ? 1 : step.name === 'json_name' ? 2 : 0;
}

function printEnumValue({ name, number, options }: ProtoEnumValue): string {
  return `${name} = ${number}${printBracketedOptions(options)};\n`;
}

function printExtensions({ ranges, options }: ProtoExtensions): string {
  const printed = ranges.map((range) => printRange(range, MAX_FIELD_NUMBER)).join(', ');
  return `extensions ${printed}${printBracketedOptions(options)};\n`;
}

function printRange({ start, end }: ProtoRange, max: number): string {
  if (end === undefined) return String(start);
  return `${start} to ${end === max ? 'max' : end}`;
}

function printService({ name, methods, options }: ProtoService): string {
  const sections = [options.map(printOptionStatement), methods.map(printMethod)];
  return `service ${name} {${printSections(sections.map((section) => section.map(indented)))}}\n`;
}

function printMethod(method: ProtoMethod): string {
  const input = `${method.clientStreaming ? 'stream ' : ''}${method.input}`;
  const output = `${method.serverStreaming ? 'stream ' : ''}${method.output}`;
  const options = method.options.map((option) => indented(printOptionStatement(option))).join('');
  return `rpc ${method.name} (${input}) returns (${output})${options === '' ? '' : ` {\n${options}}`};\n`;
}
