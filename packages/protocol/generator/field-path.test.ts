import { expect, test } from 'vitest';
import { fieldPath } from './field-path.ts';
import { parseDefinitionFile } from './parse-definition.ts';

const text = `structure Thing versions 0
  struct Part
    weight: int32
  owner: Owner
    address: Address
      city: string
  parts: Part[]
  spare: Part
  only: Only[]
    id: uuid
`;

test('a field is named from the message down, and from its struct when several fields share that', () => {
  const message = parseDefinitionFile('thing', text).messages[0]!;
  const paths = [message.root, ...message.structs].flatMap((struct) =>
    struct.fields.map((field) => fieldPath(message, field)),
  );
  expect(paths.toSorted()).toEqual([
    'Part.weight',
    'only',
    'only.id',
    'owner',
    'owner.address',
    'owner.address.city',
    'parts',
    'spare',
  ]);
});
