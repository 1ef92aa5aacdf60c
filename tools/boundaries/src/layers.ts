import { arrows } from '../../tidy/src/checks/arrows.ts';

/** Nx's `depConstraints`, written from the one table of arrows. */
export const layerConstraints = [
  ...Object.entries(arrows).map(([layer, below]) => ({
    sourceTag: `layer:${layer}`,
    onlyDependOnLibsWithTags: [layer, ...below].map((name) => `layer:${name}`),
  })),
  { sourceTag: 'layer:app', onlyDependOnLibsWithTags: ['*'] },
  { sourceTag: 'layer:tools', onlyDependOnLibsWithTags: ['*'] },
];
