import { Ajv, type Options } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import draft06MetaSchema from 'ajv/dist/refs/json-schema-draft-06.json' with { type: 'json' };
import ajvDraft04 from 'ajv-draft-04';
import ajvFormats from 'ajv-formats';
import type { Draft } from '../draft/draft.ts';
import { compilePattern } from './pattern-engine.ts';

/** What all the classes of ajv have in common. */
export type DraftAjv = Pick<Ajv, 'addSchema' | 'compile' | 'getSchema' | 'validateSchema' | 'validate'>;

const classes = {
  'draft-04': ajvDraft04.default,
  'draft-06': Ajv,
  'draft-07': Ajv,
  '2019-09': Ajv2019,
  '2020-12': Ajv2020,
} as const satisfies Record<Draft, unknown>;

/** Addresses of the meta-schemas, without `#`. */
export const metaSchemaAddress: Readonly<Record<Draft, string>> = {
  'draft-04': 'http://json-schema.org/draft-04/schema',
  'draft-06': 'http://json-schema.org/draft-06/schema',
  'draft-07': 'http://json-schema.org/draft-07/schema',
  '2019-09': 'https://json-schema.org/draft/2019-09/schema',
  '2020-12': 'https://json-schema.org/draft/2020-12/schema',
};

const baseOptions = {
  // Schemas carry keywords of others (connect.*, confluent:*), and their unknown formats are remarks.
  strict: false,
  logger: false,
  // Schemas were checked when they were parsed.
  validateSchema: false,
  addUsedSchema: false,
  code: { regExp: Object.assign(ajvPattern, { code: 'new RegExp' }) },
} as const satisfies Options;

/** ajv tells patterns apart by their text form. */
function ajvPattern(pattern: string): { test: (text: string) => boolean; toString: () => string } {
  const compiled = compilePattern(pattern);
  if (compiled instanceof RegExp) return compiled;
  return { test: (text) => compiled.test(text), toString: () => pattern };
}

/** An ajv of its own for one draft: schemas in it share addresses, and go with it. Values are checked for `format` too. */
export function draftAjv(draft: Draft, options: Options = {}): DraftAjv {
  const ajv = bareAjv(draft, options);
  ajvFormats.default(ajv);
  return ajv;
}

/** An ajv that checks schemas by the meta-schema of a draft. */
export function metaSchemaAjv(draft: Draft): DraftAjv {
  return bareAjv(draft, {});
}

function bareAjv(draft: Draft, options: Options): Ajv {
  const ajv: Ajv = new classes[draft]({ ...baseOptions, ...options });
  if (draft === 'draft-06' && options.meta !== false) ajv.addMetaSchema(draft06MetaSchema);
  return ajv;
}
