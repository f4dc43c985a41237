import { describe, expect, it } from 'vitest';
import { diagnosisCheckSchema, diagnosisCodeSchema, diagnosisItemSchema } from '@daybook/contracts';
import { diagnosisChecks } from '../api/diagnosis-reader';
import { enDiagnosis } from './en-diagnosis';

/** Nobody can do anything about these, or what helps stands with another check. */
const WITHOUT_HELP = ['earlier_failed', 'plain_http', 'writes_not_offered', 'check_not_offered'];

// That both languages have the same keys is seen to with all other words.
describe('the words of a diagnosis', () => {
  it('name every check, in the order in which they are made', () => {
    expect(diagnosisChecks).toEqual(diagnosisCheckSchema.options);
    expect(Object.keys(enDiagnosis.check)).toEqual(diagnosisCheckSchema.options);
  });

  it('say every code that services send, and no other', () => {
    expect(Object.keys(enDiagnosis.found).sort()).toEqual([...diagnosisCodeSchema.options].sort());
  });

  it('say what helps with everything that somebody can mend', () => {
    const mendable = diagnosisCodeSchema.options.filter((code) => !WITHOUT_HELP.includes(code));
    expect(Object.keys(enDiagnosis.helps).sort()).toEqual([...mendable].sort());
  });

  it('name every outcome', () => {
    expect(Object.keys(enDiagnosis.outcome)).toEqual(expect.arrayContaining(diagnosisItemSchema.shape.outcome.options));
  });
});
