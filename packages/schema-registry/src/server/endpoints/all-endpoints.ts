import { associationEndpoints } from './association-endpoints.ts';
import { compatibilityEndpoints } from './compatibility-endpoints.ts';
import type { Endpoint } from './endpoint.ts';
import { schemaEndpoints } from './schema-endpoints.ts';
import { serverEndpoints } from './server-endpoints.ts';
import { settingEndpoints } from './setting-endpoints.ts';
import { subjectEndpoints } from './subject-endpoints.ts';
import { versionEndpoints } from './version-endpoints.ts';

/** The REST API, by what it is about. */
export const endpointGroups: readonly { readonly title: string; readonly endpoints: readonly Endpoint[] }[] =
  [
    { title: 'Subjects', endpoints: subjectEndpoints },
    { title: 'Versions', endpoints: versionEndpoints },
    { title: 'Schemas', endpoints: schemaEndpoints },
    { title: 'Compatibility', endpoints: compatibilityEndpoints },
    { title: 'Settings and modes', endpoints: settingEndpoints },
    { title: 'Associations', endpoints: associationEndpoints },
    { title: 'Contexts and server', endpoints: serverEndpoints },
  ];
