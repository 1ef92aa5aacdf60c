import { describe, expect, test } from 'vitest';
import { parseJaasConfig } from './jaas-config.ts';

describe('sasl.jaas.config', () => {
  test('has a module and options, quoted or not', () => {
    const { loginModule, options } = parseJaasConfig(
      'org.apache.kafka.common.security.scram.ScramLoginModule required\n' +
        '  username=alice password="s;e=c \\"r\\" \\\\et" // the owner\n  empty="" other=\'x y\';',
    );
    expect(loginModule).toBe('org.apache.kafka.common.security.scram.ScramLoginModule');
    expect([...options]).toEqual([
      ['username', 'alice'],
      ['password', 's;e=c "r" \\et'],
      ['empty', ''],
      ['other', 'x y'],
    ]);
  });

  test('may have no options at all', () => {
    expect(parseJaasConfig('Module required;').options.size).toBe(0);
  });

  test.each([
    ['', 'names no login module'],
    ['Module password="secret";', 'no "required"'],
    ['Module required password="secret"', 'does not end with a semicolon'],
    ['Module required password "secret";', 'option 1'],
    ['Module required a="b" password=;', 'option 2'],
    ['Module required password="secret;', 'cannot be parsed'],
  ])('refuses %j without repeating what may be secret', (text, problem) => {
    expect(() => parseJaasConfig(text)).toThrow(problem);
    expect(() => parseJaasConfig(text)).not.toThrow('secret');
  });
});
