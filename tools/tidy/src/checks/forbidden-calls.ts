import {
  isFixture,
  isGenerated,
  isTest,
  isTypeScript,
  lineOf,
  packageOf,
  type Check,
  type SourceFile,
} from '../finding.ts';

interface Rule {
  readonly pattern: RegExp;
  readonly instead: string;
  /** Packages where the rule holds; all of `packages/` when left out. */
  readonly packages?: readonly string[];
  readonly except?: readonly string[];
  readonly inTests?: boolean;
}

/** Packages that reach the machine only through the host. What lies beside `src`, such as a generator, does not ship. */
const injected = ['log', 'replication', 'broker', 'client', 'streams', 'protocol', 'config'].map(
  (name) => `packages/${name}`,
);

const rules: readonly Rule[] = [
  { pattern: /\bDate\.now\(/g, instead: 'host.clock.nowMs()', packages: injected },
  { pattern: /\bnew Date\(\)/g, instead: 'host.clock.nowMs()', packages: injected },
  { pattern: /\bperformance\.(now|timeOrigin)\b/g, instead: 'host.clock.monotonicMs()', packages: injected },
  { pattern: /\b(setTimeout|setInterval)\(/g, instead: 'host.timers.schedule()', packages: injected },
  { pattern: /\bsetImmediate\(/g, instead: 'host.timers.defer()', packages: injected },
  { pattern: /\bMath\.random\(/g, instead: 'host.random', packages: injected },
  {
    pattern: /from 'node:(fs|fs\/promises|net|tls|dgram)'/g,
    instead: 'host.disk or host.network',
    packages: injected,
  },
  { pattern: /from 'node:timers(\/promises)?'/g, instead: 'host.timers', packages: injected },
  {
    pattern: /\b(randomBytes|randomUUID|randomInt|getRandomValues)\(/g,
    instead: 'host.random',
    packages: injected,
  },
  { pattern: /\bconsole\.\w+\(/g, instead: 'an injected Logger', except: ['packages/cli'] },
  {
    pattern: /\bprocess\.env\b/g,
    instead: 'an option; only the command line reads the environment',
    except: ['packages/cli'],
  },
  { pattern: /\bas any\b|: any\b|<any>/g, instead: 'unknown plus a parser, or the real type', inTests: true },
  { pattern: /@ts-(ignore|nocheck)/g, instead: 'a type that tells the truth', inTests: true },
  { pattern: /^export \* from/gm, instead: 'explicit names' },
  { pattern: /\b(?:it|test|describe)\.(?:only|todo)\(/g, instead: 'running the test', inTests: true },
];

export const checkForbiddenCalls: Check = (files) =>
  files.filter((file) => isTypeScript(file) && !isGenerated(file) && !isFixture(file)).flatMap(findingsOf);

function findingsOf(file: SourceFile) {
  const owner = packageOf(file.path);
  if (owner === undefined || !/^(packages|plugins)\//.test(owner)) return [];
  const code = withoutComments(file.text);
  return rules
    .filter((rule) => applies(rule, owner, isTest(file)))
    .filter((rule) => rule.packages === undefined || file.path.startsWith(`${owner}/src/`))
    .flatMap((rule) =>
      [...code.matchAll(rule.pattern)].map((match) => ({
        path: file.path,
        line: lineOf(code, match.index),
        rule: 'forbidden-call',
        message: `${match[0].trim()}: use ${rule.instead}`,
      })),
    );
}

function applies(rule: Rule, owner: string, inTest: boolean): boolean {
  if (inTest && rule.inTests !== true) return false;
  if (rule.except?.includes(owner) === true) return false;
  return rule.packages === undefined || rule.packages.includes(owner);
}

/** Blanks comments out, keeping every character's position, so that prose may name what code may not call. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[^]*?\*\/|(?<=^|[\s;{}(,])\/\/[^\n]*/g, (comment) =>
    comment.replace(/[^\n]/g, ' '),
  );
}
