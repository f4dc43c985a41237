import { describe, expect, it } from 'vitest';
import { diagnosisCodeSchema, ewsVersionSchema, signInCodeSchema, signInStepSchema } from '@daybook/contracts';
import { signInSteps } from '../api/sign-in-reader';
import { enDiagnosis } from './en-diagnosis';
import { enEws } from './en-ews';

/** Nobody has to do anything about these. */
const WITHOUT_HELP = ['not_there', 'not_needed'];

// That both languages have the same keys is seen to with all other words.
describe('the words of a sign-in with a form', () => {
  it('name every step, in the order in which they are made', () => {
    expect(signInSteps).toEqual(signInStepSchema.options);
    expect(Object.keys(enEws.step)).toEqual(signInStepSchema.options);
  });

  it('say every code of a step, its own or one of a check, and no other', () => {
    const codes: readonly string[] = [...signInCodeSchema.options, ...diagnosisCodeSchema.options];
    const said = Object.keys({ ...enDiagnosis.found, ...enEws.found });
    expect([...said].sort()).toEqual([...new Set(codes)].sort());
  });

  it('say what helps with everything of a sign-in that somebody can mend', () => {
    const mendable = signInCodeSchema.options.filter((code) => !WITHOUT_HELP.includes(code));
    expect(Object.keys(enEws.helps)).toEqual(expect.arrayContaining(mendable));
    const codes: readonly string[] = [...mendable, ...diagnosisCodeSchema.options];
    expect(Object.keys(enEws.helps).filter((code) => !codes.includes(code))).toEqual([]);
  });

  it('name every version that can be chosen', () => {
    expect(Object.keys(enEws.version)).toEqual(ewsVersionSchema.options);
  });
});
