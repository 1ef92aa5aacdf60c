// Generated from definitions/structures/principal.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// The principal inside of an Envelope request.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/** DefaultPrincipalData, version 0. */
export interface DefaultPrincipalData {
  type: string;
  name: string;
  tokenAuthenticated: boolean;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DefaultPrincipalDataInput {
  readonly type: string;
  readonly name: string;
  readonly tokenAuthenticated: boolean;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** DefaultPrincipalData, version 0. */
export const DefaultPrincipalData: MessageCodec<DefaultPrincipalData, DefaultPrincipalDataInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DefaultPrincipalData',
  apiKey: -1,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readDefaultPrincipalData,
  write: writeDefaultPrincipalData,
  create: (partial) => ({ ...createDefaultPrincipalData(), ...partial }),
});

function readDefaultPrincipalData(reader: WireReader, _version: number): DefaultPrincipalData {
  const type = reader.string(true);
  const name = reader.string(true);
  const tokenAuthenticated = reader.boolean();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    type,
    name,
    tokenAuthenticated,
    unknownTaggedFields,
  };
}

function writeDefaultPrincipalData(
  writer: WireWriter,
  message: DefaultPrincipalDataInput,
  _version: number,
): void {
  const type = message.type;
  writer.string(type, true, 'type');
  const name = message.name;
  writer.string(name, true, 'name');
  const tokenAuthenticated = message.tokenAuthenticated;
  writer.boolean(tokenAuthenticated, 'tokenAuthenticated');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createDefaultPrincipalData(): DefaultPrincipalData {
  return {
    type: '',
    name: '',
    tokenAuthenticated: false,
    unknownTaggedFields: undefined,
  };
}
