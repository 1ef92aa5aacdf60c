import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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
import { formatFinding, type Check } from './finding.ts';
import { measureRatchets, type Ratchets } from './ratchets.ts';
import { readSourceTree, repositoryRoot, sizeBytes, trackedPaths } from './source-tree.ts';

const tree = readSourceTree();

const checks: Record<string, Check> = {
  'files, functions and parameter lists stay small': checkSizes,
  'names are kebab-case words of the field': checkNames,
  'the world comes in through the host': checkForbiddenCalls,
  'arrows run down': checkArrows,
  'every package has what a stranger looks for': checkStructure,
  'project references equal dependencies': checkReferences,
  'documents have one heading, live links and scripts that there are': checkDocuments,
  'what packages export is explained': checkDocstrings,
  'error codes are unique': checkErrors,
  'nothing is left lying about': checkHygiene,
};

describe('the repository is tidy', () => {
  test.each(Object.entries(checks))('%s', (_, check) => {
    expect(check(tree).map(formatFinding)).toEqual([]);
  });

  test('no large file outside fixtures', () => {
    const sizes = trackedPaths().map((path) => ({ path, bytes: sizeBytes(path) }));
    expect(checkTrackedSizes(sizes).map(formatFinding)).toEqual([]);
  });

  test('ratchets only fall', () => {
    const baseline = JSON.parse(
      readFileSync(join(repositoryRoot, 'tools/tidy/baseline.json'), 'utf8'),
    ) as Ratchets;
    expect(measureRatchets(tree)).toEqual(baseline);
  });
});
