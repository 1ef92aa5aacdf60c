import { describe, expect, test } from 'vitest';
import { rewriteAlias, rewriteContext } from './rewrite-path.ts';

const at = encodeURIComponent(':.prod:');

describe('a context in front of an address', () => {
  test.each([
    ['GET', '/subjects/a/versions', '/subjects/a/versions'],
    ['GET', '/contexts', '/contexts'],
    ['GET', '/contexts/.prod/subjects/a/versions', `/subjects/${at}a/versions`],
    ['GET', '/contexts/prod/subjects/a%2Fb/versions', `/subjects/${at}a%2Fb/versions`],
    ['GET', '/contexts/:.prod:/subjects/a', `/subjects/${at}a`],
    ['GET', '/contexts/./subjects/a', '/subjects/a'],
    ['GET', '/contexts/.prod/subjects/:.test:a', '/subjects/:.test:a'],
    ['GET', '/contexts/.prod/subjects', '/subjects?subjectPrefix=%3A.prod%3A'],
    [
      'GET',
      '/contexts/.prod/subjects?subjectPrefix=a&deleted=true',
      '/subjects?deleted=true&subjectPrefix=%3A.prod%3Aa',
    ],
    ['GET', '/contexts/.prod/schemas?subjectPrefix=:*:a', '/schemas?subjectPrefix=%3A*%3Aa'],
    ['GET', '/contexts/.prod/schemas/ids/1', '/schemas/ids/1?subject=%3A.prod%3A'],
    ['GET', '/contexts/.prod/schemas/ids/1?subject=a', '/schemas/ids/1?subject=%3A.prod%3Aa'],
    ['PUT', '/contexts/.prod/config', `/config/${at}`],
    ['PUT', '/contexts/.prod/config/a', `/config/${at}a`],
    ['GET', '/contexts/.prod/mode', `/mode/${at}`],
    ['GET', '/contexts/./mode', '/mode'],
    ['POST', '/contexts/.prod/compatibility/subjects/a/versions', `/compatibility/subjects/${at}a/versions`],
    ['POST', '/contexts/.prod/associations', '/associations?context=%3A.prod%3A'],
    ['GET', '/contexts/.prod/associations/subjects/a', `/associations/subjects/${at}a`],
    ['DELETE', '/contexts/.prod', `/contexts/${at}`],
  ])('%s %s becomes %s', (method, url, expected) => {
    expect(rewriteContext(method, url)).toBe(expected);
  });

  test('has no colon inside', () => {
    expect(() => rewriteContext('GET', '/contexts/a%3Ab/subjects')).toThrow(RangeError);
  });
});

describe('an alias', () => {
  const aliasOf = (subject: string) => ({ short: 'orders', ':.prod:short': 'orders' })[subject];

  test.each([
    ['/subjects/short/versions/1', '/subjects/orders/versions/1'],
    ['/subjects/%3A.prod%3Ashort', `/subjects/${at}orders`],
    ['/compatibility/subjects/short/versions', '/compatibility/subjects/orders/versions'],
    ['/schemas/ids/1?subject=short&deleted=true', '/schemas/ids/1?subject=orders&deleted=true'],
    ['/config/short', '/config/short'],
    ['/mode/short', '/mode/short'],
    ['/subjects/other', '/subjects/other'],
  ])('%s becomes %s', (url, expected) => {
    expect(rewriteAlias(url, aliasOf)).toBe(expected);
  });
});
