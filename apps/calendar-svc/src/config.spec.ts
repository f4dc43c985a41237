import { defaultRemovalLimits } from '@daybook/sync-engine';
import { readSettings, removalLimitsOf } from './config';

const least = { MONGODB_URI: 'mongodb://db', NATS_URL: 'nats://broker', PUBLIC_URL: 'http://localhost:8080' };

describe('the settings of the removal guard', () => {
  it('are the limits of the engine where nothing is set', () => {
    expect(removalLimitsOf(readSettings(least))).toEqual(defaultRemovalLimits);
  });

  it('are taken as they are set, the share in percent', () => {
    const env = { ...least, REMOVAL_GUARD_SHARE: '50', REMOVAL_GUARD_ITEMS: '3', REMOVAL_GUARD_NAMED: '7' };
    expect(removalLimitsOf(readSettings(env))).toEqual({ share: 0.5, items: 3, namedDeletions: 7 });
  });

  it('refuse a share over a hundred', () => {
    expect(() => readSettings({ ...least, REMOVAL_GUARD_SHARE: '101' })).toThrow('REMOVAL_GUARD_SHARE');
  });
});
