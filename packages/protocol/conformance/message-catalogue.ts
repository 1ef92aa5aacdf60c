import { join } from 'node:path';
import type { ApiDefinition, MessageDefinition } from '../generator/definition.ts';
import { readDefinitions } from '../generator/generate-sources.ts';
import { apiMessages, structureMessages } from '../src/generated/all-messages.ts';
import type { AnyMessageCodec } from '../src/wire/message-codec.ts';

/** The folder with the definition files. */
export const definitionsFolder: string = join(import.meta.dirname, '../definitions');

/** A message as it is defined, beside the code that was generated from it. */
export interface CatalogueEntry {
  readonly definition: MessageDefinition;
  readonly codec: AnyMessageCodec;
  /** The API of a request or response. */
  readonly api: ApiDefinition | undefined;
}

/** Every message of the package. */
export function messageCatalogue(): CatalogueEntry[] {
  const codecs = new Map<string, AnyMessageCodec>();
  for (const { request, response } of apiMessages.values()) {
    codecs.set(request.name, request);
    codecs.set(response.name, response);
  }
  for (const codec of structureMessages) codecs.set(codec.name, codec);
  return ['apis', 'structures'].flatMap((folder) =>
    readDefinitions(definitionsFolder, folder).flatMap(({ definition: file }) =>
      file.messages.map((definition) => {
        const codec = codecs.get(definition.name);
        if (codec === undefined) throw new Error(`${definition.name} is defined, but not in all-messages`);
        return { definition, codec, api: file.api };
      }),
    ),
  );
}

/** The versions of a message, ascending. */
export function versionsOf(codec: AnyMessageCodec): number[] {
  return Array.from(
    { length: codec.maxVersion - codec.minVersion + 1 },
    (_, index) => codec.minVersion + index,
  );
}
