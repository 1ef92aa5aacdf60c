import { endpointGroups } from './all-endpoints.ts';
import { ok, type Endpoint } from './endpoint.ts';
import { openApiDocument } from './open-api.ts';

const document: Endpoint = {
  method: 'GET',
  path: '/openapi.json',
  summary: 'This API, as an OpenAPI 3.1 document.',
  answer: 'the document',
  errors: [],
  handle: () => ok(openApiDocument()),
};

const page: Endpoint = {
  method: 'GET',
  path: '/openapi',
  summary: 'This API, as a page to read.',
  answer: 'HTML',
  errors: [],
  handle: () => ({ body: apiPage(), mediaType: 'text/html; charset=utf-8' }),
};

export const openApiEndpoints: readonly Endpoint[] = [document, page];

function apiPage(): string {
  const sections = endpointGroups.map(({ title, endpoints }) => {
    const rows = endpoints.map(
      ({ method, path, summary, query = [] }) =>
        `<tr><td><code>${method} ${escape(path)}</code></td><td>${code(summary)}</td>` +
        `<td>${query.map(({ name }) => `<code>${name}</code>`).join(', ')}</td></tr>`,
    );
    return `<h2>${escape(title)}</h2><table><tr><th>request</th><th>what it does</th><th>query</th></tr>${rows.join('')}</table>`;
  });
  const style =
    'body{font:16px/1.5 system-ui;margin:2rem auto;max-width:64rem;padding:0 1rem}' +
    'table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ccc;padding:.3rem .6rem;' +
    'text-align:left;vertical-align:top}code{font-size:.9em}';
  return (
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Schema registry</title><style>${style}</style>` +
    `<h1>Schema registry</h1><p>The same as an <a href="openapi.json">OpenAPI document</a>.</p>${sections.join('')}`
  );
}

function code(text: string): string {
  return escape(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
