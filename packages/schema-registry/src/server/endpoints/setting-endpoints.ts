import {
  decideDeleteConfig,
  decideSetConfig,
  readConfigChange,
} from '../../registry/decisions/change-config.ts';
import { decideDeleteMode, decideSetMode } from '../../registry/decisions/change-mode.ts';
import { nonEmpty, textOf } from '../../registry/json-value.ts';
import { readMode } from '../../registry/read-record.ts';
import type { Mode } from '../../registry/registry-record.ts';
import { RestError, type RestErrorName } from '../../registry/rest-error.ts';
import { configInScope, modeInScope, ownConfig, ownMode } from '../../registry/setting-scope.ts';
import { configJson } from '../../registry/write-record.ts';
import {
  ok,
  writeErrors,
  type Endpoint,
  type EndpointRequest,
  type Method,
  type QueryParameter,
} from './endpoint.ts';
import { checkSubjectName, settingScopeOf } from './request-parts.ts';

type Handled = Omit<Endpoint, 'method' | 'path' | 'summary'>;

const defaultToGlobal: QueryParameter = {
  name: 'defaultToGlobal',
  type: 'flag',
  doc: 'what applies, not what is set here',
};

const configBody =
  '`compatibility`, `compatibilityPolicy`, `compatibilityGroup`, `normalize`, `validateFields`, `validateNewSchemas`, ' +
  '`validateRules`, `alias`, `defaultMetadata`, `overrideMetadata`, `defaultRuleSet`, `overrideRuleSet`; null clears ' +
  'a member, absence leaves it';

const getConfig: Handled = {
  query: [defaultToGlobal],
  answer: 'the members that are set, the level as `compatibilityLevel`',
  errors: ['NO_SUBJECT_COMPATIBILITY'],
  handle(request) {
    const { state, defaults } = request.view;
    const scope = settingScopeOf(request);
    const config = request.query.flag('defaultToGlobal')
      ? configInScope(state, scope, defaults)
      : ownConfig(state, scope, defaults);
    if (config === undefined) {
      throw new RestError(
        'NO_SUBJECT_COMPATIBILITY',
        `Subject '${scope ?? ''}' does not have subject-level compatibility configured`,
      );
    }
    return ok(configJson(config));
  },
};

const putConfig: Handled = {
  body: configBody,
  answer: 'the members that are set, the level as `compatibility`',
  errors: ['INVALID_COMPATIBILITY', 'INVALID_SUBJECT', 'INVALID_RULE_SET', ...writeErrors],
  writes: true,
  async handle(request) {
    const change = readConfigChange(request.body());
    checkSubjectName(request.param('subject'), { forSettings: true });
    const scope = settingScopeOf(request);
    const config = await request.write((view) => decideSetConfig(view, scope, change));
    const { compatibilityLevel: compatibility, ...members } = configJson(config);
    return ok({ ...nonEmpty({ compatibility }), ...members });
  },
};

const deleteConfig: Handled = {
  answer: 'the members that were set, the level as `compatibilityLevel`',
  errors: ['SUBJECT_NOT_FOUND', ...writeErrors],
  writes: true,
  async handle(request) {
    const scope = settingScopeOf(request);
    return ok(configJson(await request.write((view) => decideDeleteConfig(view, scope))));
  },
};

const getMode: Handled = {
  query: [defaultToGlobal],
  answer: '`mode`',
  errors: ['NO_SUBJECT_MODE'],
  handle(request) {
    const { state } = request.view;
    const scope = settingScopeOf(request);
    const mode = request.query.flag('defaultToGlobal') ? modeInScope(state, scope) : ownMode(state, scope);
    if (mode !== undefined) return ok({ mode });
    throw new RestError(
      'NO_SUBJECT_MODE',
      `Subject '${scope ?? ''}' does not have subject-level mode configured`,
    );
  },
};

const putMode: Handled = {
  query: [{ name: 'force', type: 'flag', doc: 'IMPORT although there are subjects' }],
  body: '`mode`: READWRITE, READONLY, IMPORT, or FORWARD for everything; null unsets it',
  answer: '`mode`',
  errors: ['INVALID_MODE', 'INVALID_SUBJECT', 'REFERENCE_EXISTS', ...writeErrors],
  writes: true,
  async handle(request) {
    checkSubjectName(request.param('subject'), { forSettings: true });
    const scope = settingScopeOf(request);
    const mode = modeOf(request);
    const force = request.query.flag('force');
    await request.write((view) => decideSetMode(view, scope, mode, { force }));
    return ok(nonEmpty({ mode }));
  },
};

function modeOf(request: EndpointRequest): Mode | null {
  const mode = textOf(request.body()['mode']);
  if (mode === undefined) return null;
  try {
    return readMode(mode);
  } catch (error) {
    throw new RestError(
      'INVALID_MODE',
      'Invalid mode. Valid values are READWRITE, READONLY, IMPORT and FORWARD.',
      {
        cause: error,
      },
    );
  }
}

const deleteMode: Handled = {
  query: [{ name: 'recursive', type: 'flag', doc: 'also the modes of subjects in the context' }],
  answer: '`mode`, the one that was set',
  errors: ['SUBJECT_NOT_FOUND', ...writeErrors],
  writes: true,
  async handle(request) {
    const scope = settingScopeOf(request);
    const recursive = request.query.flag('recursive');
    const mode = await request.write((view) => decideDeleteMode(view, scope, { recursive }));
    return ok(nonEmpty({ mode }));
  },
};

/** Only a subject can be unknown, or be no name of a subject. */
const subjectErrors: ReadonlySet<RestErrorName> = new Set([
  'NO_SUBJECT_COMPATIBILITY',
  'NO_SUBJECT_MODE',
  'SUBJECT_NOT_FOUND',
  'INVALID_SUBJECT',
]);

/** Each for everything, and for one subject or context. */
function both(method: Method, path: string, what: string, handled: Handled): Endpoint[] {
  const errors = handled.errors.filter((name) => !subjectErrors.has(name));
  return [
    { method, path, summary: `${what} for everything.`, ...handled, errors },
    { method, path: `${path}/{subject}`, summary: `${what} for a subject or \`:.context:\`.`, ...handled },
  ];
}

export const settingEndpoints: readonly Endpoint[] = [
  ...both('GET', '/config', 'Settings', getConfig),
  ...both('PUT', '/config', 'Changes settings', putConfig),
  ...both('DELETE', '/config', 'Unsets settings', deleteConfig),
  ...both('GET', '/mode', 'The mode', getMode),
  ...both('PUT', '/mode', 'Sets the mode', putMode),
  ...both('DELETE', '/mode', 'Unsets the mode', deleteMode),
];
