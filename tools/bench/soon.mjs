import { measureNextDays } from './parts/next-days.mjs';

export const bench = {
  name: 'soon',
  summary: 'the next 14 days after a consent, with 1,000 and 100,000 events in the calendar',
  run: ({ env, say }) => measureNextDays({ env, say, provider: 'google' }),
};
