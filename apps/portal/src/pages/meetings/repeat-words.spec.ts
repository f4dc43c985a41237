// @vitest-environment jsdom
import { beforeAll, describe, expect, it } from 'vitest';
import type { i18n } from 'i18next';
import { createI18n } from '../../i18n/i18n';
import { createFormats } from '../../time/formats';
import { describeRepeat } from './repeat-words';

let english: i18n;
let german: i18n;
beforeAll(async () => {
  [english, german] = [await createI18n('en'), await createI18n('de')];
});
const inEnglish = (...lines: string[]) => describeRepeat(lines, english.t, createFormats('en', 'UTC'));
const inGerman = (...lines: string[]) => describeRepeat(lines, german.t, createFormats('de', 'UTC'));

describe('describeRepeat', () => {
  it('says common rules', () => {
    expect(inEnglish('RRULE:FREQ=DAILY')).toBe('Every day');
    expect(inEnglish('RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE')).toBe('Every 2 weeks on Monday and Wednesday');
    expect(inGerman('RRULE:FREQ=WEEKLY;BYDAY=MO,WE', 'EXDATE:20261122')).toBe('Jede Woche am Montag und Mittwoch');
    expect(inEnglish('RRULE:FREQ=YEARLY;COUNT=3')).toBe('Every year, 3 times');
    expect(inEnglish('RRULE:FREQ=MONTHLY;UNTIL=20270131T090000Z')).toMatch(/^Every month, until 31 Jan 2027$/);
  });

  it('says no more than it knows of rare ones', () => {
    expect(inEnglish('RRULE:FREQ=MONTHLY;BYDAY=-1FR;BYSETPOS=1')).toBe('Repeats by its own rule');
    expect(inEnglish('RRULE:FREQ=MONTHLY;BYDAY=2TU')).toBe('Every month on the second Tuesday');
    expect(inEnglish('RDATE:20261122')).toBe('Repeats by its own rule');
  });
});
