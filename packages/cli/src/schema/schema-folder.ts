import type { Host } from '@millrace/host';
import type { ParsedSchema, ResolvedReference, SchemaType } from '@millrace/schema-registry';
import { posix, resolve } from 'node:path';
import { CliError } from '../cli-error.ts';
import { ExitCode } from '../exit-codes.ts';
import { schemaFormat, schemaTypeOf } from './schema-file.ts';

/** A schema file of a folder. */
export interface FolderFile {
  /** From the folder, with slashes. */
  readonly path: string;
  readonly type: SchemaType;
  readonly text: string;
}

/** The schema files of a folder and the folders in it, sorted by path. @throws CliError */
export async function schemaFiles(host: Host, folder: string): Promise<FolderFile[]> {
  const root = resolve(folder);
  const status = await host.disk.stat(root);
  if (status?.isDirectory !== true) {
    throw new CliError(`There is no folder ${folder}`, { exitCode: ExitCode.NOT_FOUND });
  }
  return filesIn(host, root, '');
}

async function filesIn(host: Host, root: string, folder: string): Promise<FolderFile[]> {
  const files: FolderFile[] = [];
  for (const { name, isDirectory } of await host.disk.list(resolve(root, folder))) {
    if (name.startsWith('.') || name === 'node_modules') continue;
    const path = folder === '' ? name : `${folder}/${name}`;
    const type = schemaTypeOf(name);
    if (isDirectory) files.push(...(await filesIn(host, root, path)));
    else if (type !== undefined) {
      files.push({ path, type, text: (await host.disk.readFile(resolve(root, path))).toString('utf8') });
    }
  }
  return files;
}

/** Parses files of one folder, each once, with the others that they refer to. */
export class FolderParser {
  readonly #files: readonly FolderFile[];
  readonly #parsed = new Map<FolderFile, Promise<ParsedSchema>>();

  constructor(files: readonly FolderFile[]) {
    this.#files = files;
  }

  /** @throws InvalidSchemaError, CliError for files that refer to each other in a circle */
  parse(file: FolderFile, trail: readonly FolderFile[] = []): Promise<ParsedSchema> {
    if (trail.includes(file)) {
      const circle = [...trail, file].map(({ path }) => path).join(' -> ');
      return Promise.reject(new CliError(`Files refer to each other in a circle: ${circle}`));
    }
    let parsed = this.#parsed.get(file);
    if (parsed === undefined) this.#parsed.set(file, (parsed = this.#parse(file, trail)));
    return parsed;
  }

  async #parse(file: FolderFile, trail: readonly FolderFile[]): Promise<ParsedSchema> {
    const format = await schemaFormat(file.type);
    const references: ResolvedReference[] = [];
    for (const { name, target } of this.#referencesOf(file)) {
      const schema = await this.parse(target, [...trail, file]);
      references.push({ name, subject: target.path, version: 1, schema });
    }
    return format.parse(file.text, references, { strict: true });
  }

  #referencesOf(file: FolderFile): { name: string; target: FolderFile }[] {
    const others = this.#files.filter((other) => other !== file && other.type === file.type);
    if (file.type === 'AVRO') return avroReferences(file, others);
    const names = file.type === 'PROTOBUF' ? importsOf(file.text) : addressesOf(file.text);
    return [...new Set(names)].flatMap((name) => {
      const target = others.find(({ path }) => path === name || path === beside(file.path, name));
      return target === undefined ? [] : [{ name, target }];
    });
  }
}

function beside(path: string, name: string): string {
  return posix.join(posix.dirname(path), name);
}

function importsOf(text: string): string[] {
  return [...text.matchAll(/(?:^|;)\s*import\s+(?:public\s+|weak\s+|option\s+)?"([^"]+)"/gm)].map(
    ([, name = '']) => name,
  );
}

/** Documents that `$ref`s name: what stands before the `#`. */
function addressesOf(text: string): string[] {
  return [...text.matchAll(/"\$ref"\s*:\s*"([^"#]+)/g)].map(([, name = '']) => name);
}

/** Files whose record, enum or fixed this one names, without defining a type of that name itself. */
function avroReferences(
  file: FolderFile,
  others: readonly FolderFile[],
): { name: string; target: FolderFile }[] {
  const own = avroName(file.text);
  return others.flatMap((target) => {
    const name = avroName(target.text);
    if (name === undefined || name === own || isVersionOf(file.path, target.path)) return [];
    const simple = name.split('.').at(-1);
    const isNamed = file.text.includes(`"${name}"`) || file.text.includes(`"${simple}"`);
    return isNamed && !file.text.includes(`"name":"${simple}"`) ? [{ name, target }] : [];
  });
}

function avroName(text: string): string | undefined {
  try {
    const { name, namespace } = JSON.parse(text) as { name?: unknown; namespace?: unknown };
    if (typeof name !== 'string') return undefined;
    return typeof namespace === 'string' && !name.includes('.') ? `${namespace}.${name}` : name;
  } catch {
    return undefined;
  }
}

/** The number that a file name is, such as 3 of `v3.avsc`; undefined for other names. */
export function versionOfFile(path: string): number | undefined {
  const match = /^v?(\d+)\.\w+$/i.exec(posix.basename(path));
  return match === null ? undefined : Number(match[1]);
}

function isVersionOf(path: string, other: string): boolean {
  const areVersions = versionOfFile(path) !== undefined && versionOfFile(other) !== undefined;
  return areVersions && posix.dirname(path) === posix.dirname(other);
}
