import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { DefinitionFile } from './definition.ts';
import { emitAllMessages } from './emit-all-messages.ts';
import { emitApiTable } from './emit-api-table.ts';
import { emitErrorTable } from './emit-error-table.ts';
import { emitModule } from './emit-module.ts';
import { parseDefinitionFile } from './parse-definition.ts';

/** Reads the definitions and answers the text of every generated file, by its path below `src/generated`. */
export function generateSources(definitionsFolder: string): Map<string, string> {
  const sources = new Map<string, string>();
  const files: DefinitionFile[] = [];
  for (const folder of ['apis', 'structures']) {
    for (const { path, definition } of readDefinitions(definitionsFolder, folder)) {
      files.push(definition);
      if (definition.messages.length === 0) continue;
      sources.set(`messages/${definition.name}.ts`, emitModule(definition, `definitions/${path}`));
    }
  }
  sources.set('api-table.ts', emitApiTable(files));
  sources.set('all-messages.ts', emitAllMessages(files));
  sources.set('error-table.ts', emitErrorTable(readFileSync(join(definitionsFolder, 'errors.def'), 'utf8')));
  return sources;
}

/** Parses every definition file of a folder. */
export function readDefinitions(
  definitionsFolder: string,
  folder: string,
): { readonly path: string; readonly definition: DefinitionFile }[] {
  const names = readdirSync(join(definitionsFolder, folder)).filter((name) => name.endsWith('.def'));
  return names.toSorted().map((fileName) => {
    const name = fileName.slice(0, -'.def'.length).replace(/^\d+-/, '');
    const text = readFileSync(join(definitionsFolder, folder, fileName), 'utf8');
    return { path: `${folder}/${fileName}`, definition: parseDefinitionFile(name, text) };
  });
}
