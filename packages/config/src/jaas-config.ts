import { InvalidPropertyError } from './errors.ts';

/** One login module with its options, as Kafka's `sasl.jaas.config` writes it. */
export interface JaasConfig {
  /** For example `org.apache.kafka.common.security.plain.PlainLoginModule`. */
  readonly loginModule: string;
  /** `required`, `requisite`, `sufficient` or `optional`; Kafka treats them alike. */
  readonly controlFlag: string;
  readonly options: ReadonlyMap<string, string>;
}

const token = /\s*(?:\/\/[^\n]*\n\s*)*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([=;])|([^\s=;"']+))/gy;
const flags: ReadonlySet<string> = new Set(['required', 'requisite', 'sufficient', 'optional']);

/**
 * Parses `module required key="value" other=plain;`. Messages of errors never hold any of the text: it has passwords.
 * @param property Named in errors, usually `sasl.jaas.config`.
 * @throws InvalidPropertyError
 */
export function parseJaasConfig(text: string, property = 'sasl.jaas.config'): JaasConfig {
  const fail = (problem: string): never => {
    throw new InvalidPropertyError(
      property,
      `Property "${property}" ${problem}; it must be of the form: LoginModule required name="value" ...;`,
    );
  };
  const tokens = tokensOf(text) ?? fail('cannot be parsed');
  const [loginModule, controlFlag] = tokens;
  if (loginModule === undefined || isSign(loginModule)) return fail('names no login module');
  if (controlFlag === undefined || !flags.has(controlFlag))
    return fail('has no "required" behind the module');
  if (tokens.at(-1) !== ';') return fail('does not end with a semicolon');
  const options = new Map<string, string>();
  const pairs = tokens.slice(2, -1);
  for (let at = 0; at < pairs.length; at += 3) {
    const [name, sign, value] = pairs.slice(at, at + 3);
    if (name === undefined || sign !== '=' || value === undefined || value === ';') {
      return fail(`has option ${at / 3 + 1} in another form than name="value"`);
    }
    options.set(name, unquote(value));
  }
  return { loginModule: unquote(loginModule), controlFlag, options };
}

/** Quoted ones begin with a quote, so that `"="` is not taken for a sign. `undefined`: something is no token. */
function tokensOf(text: string): string[] | undefined {
  const tokens: string[] = [];
  const rest = text.trim();
  token.lastIndex = 0;
  while (token.lastIndex < rest.length) {
    const match = token.exec(rest);
    if (match === null) return undefined;
    const quoted = match[1] ?? match[2];
    tokens.push(quoted === undefined ? (match[3] ?? match[4])! : `"${quoted.replace(/\\(.)/gs, '$1')}`);
  }
  return tokens;
}

function isSign(text: string): boolean {
  return text === '=' || text === ';';
}

function unquote(text: string): string {
  return text.startsWith('"') ? text.slice(1) : text;
}
