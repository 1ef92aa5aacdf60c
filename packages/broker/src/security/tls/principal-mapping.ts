import { InvalidConfigurationError } from '../../errors.ts';

type Rule = (name: string) => string | undefined;

const PROPERTY = 'ssl.principal.mapping.rules';
/** `RULE:pattern/replacement/` with an L or U behind it, or DEFAULT. A slash inside is written `\/`. */
const ruleText = /^(?:DEFAULT|RULE:((?:\\.|[^\\/])*)\/((?:\\.|[^\\/])*)\/([LU]?))$/;

/**
 * Makes principals of the subjects of client certificates, by Kafka's `ssl.principal.mapping.rules`: the first rule
 * whose pattern matches the whole name counts.
 * @throws InvalidConfigurationError
 */
export function principalMapping(rules: string): (distinguishedName: string) => string | undefined {
  const parsed = splitRules(rules).map(parseRule);
  return (name) => {
    for (const rule of parsed) {
      const principal = rule(name);
      if (principal !== undefined) return principal;
    }
    return undefined;
  };
}

/** Rules are separated by commas, which patterns and replacements may hold, too. */
function splitRules(rules: string): string[] {
  return rules
    .trim()
    .split(/\s*,\s*(?=RULE:|DEFAULT)/)
    .filter((rule) => rule !== '');
}

function parseRule(text: string): Rule {
  const match = ruleText.exec(text);
  if (match === null) {
    throw new InvalidConfigurationError(
      PROPERTY,
      `has the rule "${text}", but must be DEFAULT or RULE:pattern/replacement/[LU]`,
    );
  }
  const [, source, replacement = '', letterCase] = match;
  if (source === undefined) return (name) => name;
  const pattern = compile(source);
  return (name) => {
    if (!pattern.test(name)) return undefined;
    const mapped = name.replace(pattern, replacement.replaceAll('\\/', '/'));
    if (letterCase === 'L') return mapped.toLowerCase();
    return letterCase === 'U' ? mapped.toUpperCase() : mapped;
  };
}

function compile(source: string): RegExp {
  try {
    return new RegExp(`^(?:${source})$`);
  } catch (cause) {
    throw new InvalidConfigurationError(
      PROPERTY,
      `has "${source}", which is no regular expression: ${(cause as Error).message}`,
    );
  }
}
