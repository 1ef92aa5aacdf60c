import { isTest, isTypeScript, lineOf, type Check, type Finding } from '../finding.ts';

/** Error codes are unique across packages, so that a search for one finds one page. */
export const checkErrors: Check = (files) => {
  const seen = new Map<string, string>();
  const findings: Finding[] = [];
  for (const file of files.filter((candidate) => isTypeScript(candidate) && !isTest(candidate))) {
    if (!file.path.startsWith('packages/')) continue;
    for (const match of file.text.matchAll(/\bcode: '(ERR_[A-Z0-9_]+)'/g)) {
      const code = match[1]!;
      const first = seen.get(code);
      if (first === undefined) seen.set(code, file.path);
      else {
        const message = `${code} is already defined in ${first}`;
        findings.push({ path: file.path, line: lineOf(file.text, match.index), rule: 'error-code', message });
      }
    }
  }
  return findings;
};
