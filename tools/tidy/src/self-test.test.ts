import { describe, expect, test } from 'vitest';
import { checkArrows } from './checks/arrows.ts';
import { checkDocstrings } from './checks/docstrings.ts';
import { checkDocuments } from './checks/documents.ts';
import { checkErrors } from './checks/errors.ts';
import { checkForbiddenCalls } from './checks/forbidden-calls.ts';
import { checkHygiene, checkTrackedSizes } from './checks/hygiene.ts';
import { checkNames } from './checks/names.ts';
import { checkReferences } from './checks/references.ts';
import { checkSizes } from './checks/sizes.ts';
import { checkStructure } from './checks/structure.ts';
import type { Check, SourceFile } from './finding.ts';

/** Every check must find the fault it is there for; otherwise a silent check would look like a clean house. */
const faults: readonly { name: string; check: Check; files: readonly SourceFile[]; expected: RegExp }[] = [
  {
    name: 'a file over the limit',
    check: checkSizes,
    files: [{ path: 'packages/log/src/a.ts', text: 'export {};\n'.repeat(601) }],
    expected: /601 lines/,
  },
  {
    name: 'a function over the limit',
    check: checkSizes,
    files: [
      { path: 'packages/log/src/a.ts', text: `export function long() {\n${'  void 0;\n'.repeat(70)}}\n` },
    ],
    expected: /long has 72 lines/,
  },
  {
    name: 'six parameters',
    check: checkSizes,
    files: [{ path: 'packages/log/src/a.ts', text: 'export const f = (a, b, c, d, e, g) => a;\n' }],
    expected: /takes 6/,
  },
  {
    name: 'a file called helpers',
    check: checkNames,
    files: [{ path: 'packages/log/src/helpers.ts', text: '' }],
    expected: /says nothing/,
  },
  {
    name: 'a camel-case file',
    check: checkNames,
    files: [{ path: 'packages/log/src/offsetIndex.ts', text: '' }],
    expected: /not kebab-case/,
  },
  {
    name: 'the wall clock in a core',
    check: checkForbiddenCalls,
    files: [{ path: 'packages/log/src/a.ts', text: 'export const now = Date.now();\n' }],
    expected: /nowMs/,
  },
  {
    name: 'the file system in a core',
    check: checkForbiddenCalls,
    files: [{ path: 'packages/broker/src/a.ts', text: "import { readFileSync } from 'node:fs';\n" }],
    expected: /host\.disk/,
  },
  {
    name: 'any in a test',
    check: checkForbiddenCalls,
    files: [{ path: 'packages/log/src/a.test.ts', text: 'const x = y as any;\n' }],
    expected: /unknown/,
  },
  {
    name: 'an arrow that runs up',
    check: checkArrows,
    files: [{ path: 'packages/protocol/src/a.ts', text: "import { Broker } from '@millrace/broker';\n" }],
    expected: /protocol may not import broker/,
  },
  {
    name: 'a deep import',
    check: checkArrows,
    files: [{ path: 'packages/broker/src/a.ts', text: "import { x } from '@millrace/log/src/x.ts';\n" }],
    expected: /past the package's index/,
  },
  {
    name: 'a relative import out of the package',
    check: checkArrows,
    files: [{ path: 'packages/broker/src/a.ts', text: "import { x } from '../../log/src/x.ts';\n" }],
    expected: /leaves the package/,
  },
  {
    name: 'a package without README, module comment and tag',
    check: checkStructure,
    files: [{ path: 'packages/new/package.json', text: '{}' }],
    expected: /lacks a README/,
  },
  {
    name: 'a handler without a test',
    check: checkStructure,
    files: [
      { path: 'packages/broker/package.json', text: '{}' },
      { path: 'packages/broker/src/apis/00-produce.ts', text: '' },
    ],
    expected: /lacks a test beside it/,
  },
  {
    name: 'a file map that forgets a file',
    check: checkStructure,
    files: [
      { path: 'packages/log/package.json', text: '{}' },
      { path: 'packages/log/DESIGN.md', text: '# Log\n' },
      { path: 'packages/log/src/offset-index.ts', text: '' },
    ],
    expected: /`offset-index.ts` in its file map/,
  },
  {
    name: 'a missing project reference',
    check: checkReferences,
    files: [
      { path: 'packages/log/package.json', text: '{"dependencies":{"@millrace/host":"^0.1.0"}}' },
      { path: 'packages/log/tsconfig.lib.json', text: '{"references":[]}' },
    ],
    expected: /nx sync/,
  },
  {
    name: 'a dead link',
    check: checkDocuments,
    files: [{ path: 'docs/a.md', text: '# A\n[b](./b.md)\n' }],
    expected: /does not exist/,
  },
  {
    name: 'an export that nobody explains',
    check: checkDocstrings,
    files: [
      { path: 'packages/log/src/index.ts', text: "export { A, type B } from './a.ts';\n" },
      {
        path: 'packages/log/src/a.ts',
        text: '/** Explained. */\nexport class A {}\n\nexport interface B {}\n',
      },
    ],
    expected: /^B is exported/,
  },
  {
    name: 'a script that there is not',
    check: checkDocuments,
    files: [
      { path: 'package.json', text: '{"scripts":{"bench":"x"}}' },
      { path: 'docs/a.md', text: '# A\n`npm run bench`, `npm run benches`\n' },
    ],
    expected: /npm run benches, which is no script/,
  },
  {
    name: 'two top headings',
    check: checkDocuments,
    files: [{ path: 'docs/a.md', text: '# A\n# B\n' }],
    expected: /2 top headings/,
  },
  {
    name: 'an error code used twice',
    check: checkErrors,
    files: [
      { path: 'packages/a/src/errors.ts', text: "code: 'ERR_X_Y'" },
      { path: 'packages/b/src/errors.ts', text: "code: 'ERR_X_Y'" },
    ],
    expected: /already defined/,
  },
  {
    name: 'a path of a machine',
    check: checkHygiene,
    files: [{ path: 'docs/a.md', text: ['see ', '/home/somebody/project\n'].join('') }],
    expected: /absolute path/,
  },
  {
    name: 'a private registry',
    check: checkHygiene,
    files: [{ path: 'package-lock.json', text: '"resolved": "https://npm.example.test/a.tgz"\n' }],
    expected: /registry/,
  },
];

describe('each check finds the fault it is there for', () => {
  test.each(faults)('$name', ({ check, files, expected }) => {
    expect(
      check(files)
        .map((finding) => finding.message)
        .join('\n'),
    ).toMatch(expected);
  });

  test('a large file', () => {
    expect(checkTrackedSizes([{ path: 'packages/log/data.bin', bytes: 300_000 }])).toHaveLength(1);
  });

  test('prose may name what code may not call', () => {
    const file = { path: 'packages/log/src/a.ts', text: '/** Never Date.now() here. */\nexport {};\n' };
    expect(checkForbiddenCalls([file])).toEqual([]);
  });
});
