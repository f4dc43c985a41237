import { measureNextDays } from './parts/next-days.mjs';

export const bench = {
  name: 'soon-microsoft',
  summary: 'the same at Office 365',
  run: ({ env, say }) => measureNextDays({ env, say, provider: 'microsoft' }),
};
