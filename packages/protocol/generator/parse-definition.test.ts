import { describe, expect, test } from 'vitest';
import { parseDefinitionFile } from './parse-definition.ts';

const text = `# Asks for things.
# In two lines.

api 7 Thing listeners broker controller

request versions 1-4 flexible 3+ latest-unstable
  struct Part 2+
    weight: int32 = -1  3+ ignorable
  name: string?2+ = null
  parts: Part[]?        2-3
  sub: Sub              3+ tag 2
    ids: uuid[]
    flag: bool = true   4
  id: string?           inflexible

response versions 1-4 flexible 3+
`;

describe('a definition file', () => {
  const file = parseDefinitionFile('thing', text);
  const [request, response] = file.messages;
  const fields = request!.root.fields;

  test('has a summary, an API and its messages', () => {
    expect(file.summary).toEqual(['Asks for things.', 'In two lines.']);
    expect(file.api).toEqual({
      apiKey: 7,
      name: 'Thing',
      listeners: ['broker', 'controller'],
      isRemoved: false,
    });
    expect(request).toMatchObject({
      name: 'ThingRequest',
      apiKey: 7,
      flexibleFrom: 3,
      latestVersionUnstable: true,
    });
    expect(response).toMatchObject({
      name: 'ThingResponse',
      root: { fields: [] },
      latestVersionUnstable: false,
    });
  });

  test('gives a field the versions of its struct when it names none', () => {
    expect(fields[0]).toMatchObject({ versions: { min: 1, max: 4 }, nullableVersions: { min: 2, max: 4 } });
    expect(fields[2]!.struct!.fields[0]).toMatchObject({ isArray: true, versions: { min: 3, max: 4 } });
  });

  test('reads versions, default, tag and flags', () => {
    expect(fields[0]).toMatchObject({ type: 'string', default: 'null', ignorable: false, tag: undefined });
    expect(fields[1]).toMatchObject({ versions: { min: 2, max: 3 }, nullableVersions: { min: 2, max: 3 } });
    expect(fields[2]).toMatchObject({ tag: 2, versions: { min: 3, max: 4 } });
    expect(fields[3]).toMatchObject({ inflexible: true });
    expect(fields[2]!.struct!.fields[1]).toMatchObject({ default: 'true', versions: { min: 4, max: 4 } });
  });

  test('lists structs before those that use them, with the versions they state', () => {
    expect(request!.structs.map((struct) => struct.name)).toEqual(['Part', 'Sub']);
    expect(fields[1]!.struct).toMatchObject({ versions: { min: 2, max: 4 } });
    expect(fields[1]!.struct!.fields[0]).toMatchObject({ default: '-1', ignorable: true });
  });

  test('may be of an API that was removed', () => {
    expect(parseDefinitionFile('gone', 'api 4 Gone removed\n').api).toMatchObject({ isRemoved: true });
  });
});

describe('a mistake is reported with its file and line', () => {
  test.each([
    ['api x Thing', 'is not "api KEY NAME'],
    ['request versions 0', 'request without an api line'],
    ['structure Thing versions 0-', 'does not end in "versions'],
    ['structure Thing versions 0\n  name string', '"name string" is not a field'],
    ['structure Thing versions 0\n  name: string 0+ tag', 'is not "[VERSIONS] [tag N]'],
    ['structure Thing versions 0-2\n  name: string 1-5', 'versions 1-5 are not inside 0-2'],
    ['structure Thing versions 0\n  part: Part', 'struct Part is not defined'],
    [
      'structure Thing versions 0\n  a: Part\n    x: int8\n  b: Part\n    x: int8',
      'struct Part is defined twice',
    ],
  ])('%j', (source, problem) => {
    expect(() => parseDefinitionFile('thing', source)).toThrow(problem);
    expect(() => parseDefinitionFile('thing', source)).toThrow(/^thing\.def, block at line 1/);
  });

  test('an odd indent', () => {
    expect(() => parseDefinitionFile('thing', ' api 1 A removed')).toThrow(
      'line 1 is indented by an odd number',
    );
  });
});
