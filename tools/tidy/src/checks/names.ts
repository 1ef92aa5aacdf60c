import { isFixture, isGenerated, type Check } from '../finding.ts';

const forbidden = new Set([
  'utils',
  'util',
  'helpers',
  'helper',
  'common',
  'misc',
  'shared',
  'lib',
  'manager',
]);
const kebabCase = /^\.?[a-z0-9]+(?:[-.][a-z0-9]+)*$/;
const upperCaseDocuments = /^[A-Z_]+(\.md)?$/;

/** Files and folders are kebab-case words of the field. */
export const checkNames: Check = (files) =>
  files
    .filter((file) => !isFixture(file) && !isGenerated(file))
    .flatMap((file) =>
      file.path.split('/').flatMap((segment) => {
        const stem = segment.replace(/\..*$/, '');
        if (forbidden.has(stem)) {
          return finding(
            file.path,
            `"${segment}" says nothing; name it after what is inside, for example murmur2.ts`,
          );
        }
        if (kebabCase.test(segment) || upperCaseDocuments.test(segment)) return [];
        return finding(file.path, `"${segment}" is not kebab-case`);
      }),
    );

function finding(path: string, message: string) {
  return [{ path, line: 0, rule: 'name', message }];
}
