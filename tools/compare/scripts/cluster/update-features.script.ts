import { updateFeatures } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';

const [UPGRADE, SAFE_DOWNGRADE, UNSAFE_DOWNGRADE] = [1, 2, 3];

export const script: CompareScript = {
  name: 'update-features',
  title: 'UpdateFeatures: group.version down and up again, dry runs, levels and features that are not there.',
  async run(peer) {
    for (const version of peer.versions(updateFeatures)) {
      const ask = (
        label: string,
        updates: readonly { feature: string; maxVersionLevel: number; upgradeType?: number }[],
        validateOnly = false,
      ) =>
        peer.ask(label, updateFeatures, version, {
          timeoutMs: 5000,
          featureUpdates: updates.map(({ feature, maxVersionLevel, upgradeType = UPGRADE }) => ({
            feature,
            maxVersionLevel,
            ...(version >= 1 ? { upgradeType } : { allowDowngrade: upgradeType !== UPGRADE }),
          })),
          ...(version >= 1 ? { validateOnly } : {}),
        });
      await ask('the same level', [{ feature: 'group.version', maxVersionLevel: 1 }]);
      await ask('an unknown feature', [{ feature: 'no.such.version', maxVersionLevel: 1 }]);
      await ask('a level too high', [{ feature: 'group.version', maxVersionLevel: 99 }]);
      await ask('a negative level', [{ feature: 'group.version', maxVersionLevel: -1 }]);
      await ask('down without saying so', [{ feature: 'group.version', maxVersionLevel: 0 }]);
      await ask('nothing', []);
      await ask('named twice', [
        { feature: 'group.version', maxVersionLevel: 1 },
        { feature: 'group.version', maxVersionLevel: 0, upgradeType: SAFE_DOWNGRADE },
      ]);
      await ask('kraft.version', [{ feature: 'kraft.version', maxVersionLevel: 0 }]);
      if (version >= 1) {
        await ask('unknown type', [{ feature: 'group.version', maxVersionLevel: 1, upgradeType: 9 }]);
        const down = [{ feature: 'group.version', maxVersionLevel: 0, upgradeType: SAFE_DOWNGRADE }];
        await ask('down, dry', down, true);
        await ask('down', down);
        await ask('down again', down);
        const upAsDown = [{ feature: 'group.version', maxVersionLevel: 1, upgradeType: UNSAFE_DOWNGRADE }];
        await ask('up, called down', upAsDown);
        await ask('up', [{ feature: 'group.version', maxVersionLevel: 1 }]);
      }
      if (version >= 1) {
        for (const [level, upgradeType] of [
          [29, UPGRADE],
          [29, SAFE_DOWNGRADE],
          [29, UNSAFE_DOWNGRADE],
          [30, SAFE_DOWNGRADE],
          [30, UPGRADE],
          [31, UPGRADE],
        ] as const) {
          const update = { feature: 'metadata.version', maxVersionLevel: level, upgradeType };
          await ask(`metadata.version ${level} by way ${upgradeType}`, [update], true);
        }
      }
      await ask('one good, one bad', [
        { feature: 'group.version', maxVersionLevel: 1 },
        { feature: 'no.such.version', maxVersionLevel: 1 },
      ]);
    }
  },
};
