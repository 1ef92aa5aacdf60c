import type { Description } from '../descriptor/describe-file.ts';
import type { SourceText } from '../syntax/source-text.ts';
import { completeFields } from './complete-fields.ts';
import { Declarer, syntaxOf } from './declare.ts';
import { FileOptionsInterpreter } from './interpret-file-options.ts';
import { OptionInterpreter } from './interpret-options.ts';
import { LinkProblems } from './link-problem.ts';
import type { EnumModel, FieldModel, FileModel, MessageModel, ServiceModel, SymbolModel } from './model.ts';
import { NameResolver } from './resolve-names.ts';
import { Scope } from './scope.ts';
import { validateFile } from './validate-file.ts';

/** A file to link. The descriptor is taken over: names and options are resolved in place. */
export interface LinkInput extends Description {
  /** The import path. */
  readonly path: string;
  /** Whether the path says something to the user: it is put into errors. */
  readonly isImported: boolean;
  readonly source: SourceText;
  /** Check every rule, as for a new schema; otherwise only what it takes to understand the file. */
  readonly isStrict: boolean;
}

/** The files that a file imports. */
export interface Imports {
  /** The file with a path; undefined when there is none. */
  find(path: string): FileModel | undefined;
  /** descriptor.proto, which says what options there are; undefined while that file itself is linked. */
  descriptorFile(): FileModel | undefined;
}

/**
 * Resolves a file against the files it imports. An import that is not found matters only if a type is missing, as in
 * Confluent's registry: files that only bring custom options need not be registered.
 *
 * @throws InvalidSchemaError naming the place
 */
export function linkFile(input: LinkInput, imports: Imports): FileModel {
  const { file: descriptor, origins } = input;
  const problems = new LinkProblems(input.isImported ? input.path : undefined, origins, input.source);
  const found = new Map(importPaths(input).map((path) => [path, imports.find(path)]));
  const dependencies = [...found.values()].filter((file) => file !== undefined);
  const publicDependencies = descriptor.publicDependency
    .map((index) => found.get(descriptor.dependency[index] ?? ''))
    .filter((file) => file !== undefined);
  const file: WritableFile = {
    path: input.path,
    descriptor,
    package: descriptor.package ?? '',
    syntax: syntaxOf(descriptor),
    dependencies,
    publicDependencies,
    messages: [],
    enums: [],
    extensions: [],
    services: [],
    symbols: new Map(),
  };
  const scope = new Scope(file);
  declareAll(file, scope, problems);
  const missing = [...found].flatMap(([path, dependency]) => (dependency === undefined ? [path] : []));
  new NameResolver(scope, problems, missing).resolveFile(file);
  const interpreter = new OptionInterpreter(scope, problems, missing.length > 0);
  const types = (name: string): MessageModel => optionsType(imports.descriptorFile() ?? file, name);
  // Packing of custom options is known only after their own options are.
  completeFields(file);
  new FileOptionsInterpreter(interpreter, types, origins, problems).interpretFile(file);
  completeFields(file);
  if (input.isStrict) validateFile(file, problems);
  return file;
}

interface WritableFile extends FileModel {
  readonly messages: MessageModel[];
  readonly enums: EnumModel[];
  readonly extensions: FieldModel[];
  readonly services: ServiceModel[];
  readonly symbols: Map<string, SymbolModel>;
}

function importPaths({ file }: LinkInput): readonly string[] {
  return [...file.dependency, ...file.optionDependency];
}

function declareAll(file: WritableFile, scope: Scope, problems: LinkProblems): void {
  const declarer = new Declarer(file, (symbol, descriptor) => {
    const other = scope.find(symbol.fullName);
    if (other !== undefined) {
      throw problems.at(
        descriptor,
        `${described(symbol)} has a name that ${described(other)} has`,
        symbol.fullName,
      );
    }
    if (scope.isPackage(symbol.fullName)) {
      throw problems.at(descriptor, `${described(symbol)} has the name of a package`, symbol.fullName);
    }
    file.symbols.set(symbol.fullName, symbol);
  });
  const { descriptor } = file;
  for (const message of descriptor.messageType) file.messages.push(declarer.message(message, undefined));
  for (const type of descriptor.enumType) file.enums.push(declarer.enum(type, undefined));
  for (const extension of descriptor.extension) file.extensions.push(declarer.field(extension, undefined));
  for (const service of descriptor.service) file.services.push(declarer.service(service));
}

function described({ kind, name }: SymbolModel): string {
  return `${kind === 'enumValue' ? 'enum value' : kind} "${name}"`;
}

function optionsType(descriptorFile: FileModel, name: string): MessageModel {
  const type = descriptorFile.messages.find((message) => message.name === name);
  if (type === undefined) throw new TypeError(`descriptor.proto has no ${name}`);
  return type;
}
