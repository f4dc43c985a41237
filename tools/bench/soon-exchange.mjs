import { measureNextDays } from './parts/next-days.mjs';

export const bench = {
  name: 'soon-exchange',
  summary: 'the same at Exchange, where a person signs in with a password',
  run: ({ env, say }) => measureNextDays({ env, say, provider: 'exchange' }),
};
