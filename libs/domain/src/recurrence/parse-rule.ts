/** Reads the value of one RRULE into an exact rule, or refuses it with the part that is wrong. */
import { parseLineTime } from './line-time';
import type { ByDay, Frequency, RecurrenceRefusal, RefusalCode, Rule, RuleEnd } from './rule';

export const MAX_RULE_LENGTH = 2000;
const MAX_INTERVAL = 10_000;
const MAX_COUNT = 2_147_483_647;
/** More often than once an hour is no calendar entry. */
const MAX_TIMES_A_DAY = 24;

/** Thrown inside parsing only; `parseRecurrence` turns it into a value. */
export class Refused extends Error {
  readonly refusal: RecurrenceRefusal;
  constructor(code: RefusalCode, part: string) {
    super(code);
    this.refusal = { code, part: part.slice(0, 80) };
  }
}

const FREQUENCIES: ReadonlyMap<string, Frequency> = new Map([
  ['DAILY', 'daily'],
  ['WEEKLY', 'weekly'],
  ['MONTHLY', 'monthly'],
  ['YEARLY', 'yearly'],
]);
const SUB_DAILY = new Set(['HOURLY', 'MINUTELY', 'SECONDLY']);
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const KNOWN_PARTS = new Set(
  'FREQ INTERVAL COUNT UNTIL WKST BYMONTH BYWEEKNO BYYEARDAY BYMONTHDAY BYDAY BYHOUR BYMINUTE BYSECOND BYSETPOS'.split(
    ' ',
  ),
);

type Parts = ReadonlyMap<string, string>;

function readParts(text: string): Parts {
  const parts = new Map<string, string>();
  for (const piece of text.toUpperCase().split(';')) {
    if (piece.trim() === '') continue;
    const at = piece.indexOf('=');
    const name = piece.slice(0, at).trim();
    if (at < 1) throw new Refused('malformed', piece);
    if (!KNOWN_PARTS.has(name)) throw new Refused('unsupported', piece);
    if (parts.has(name)) throw new Refused('malformed', piece);
    parts.set(name, piece.slice(at + 1).trim());
  }
  return parts;
}

function readFrequency(parts: Parts): Frequency {
  const text = parts.get('FREQ');
  if (text === undefined) throw new Refused('malformed', 'FREQ');
  if (SUB_DAILY.has(text)) throw new Refused('sub_daily', `FREQ=${text}`);
  const frequency = FREQUENCIES.get(text);
  if (!frequency) throw new Refused('malformed', `FREQ=${text}`);
  return frequency;
}

interface Bounds {
  readonly min: number;
  readonly max: number;
}

function readNumber(name: string, text: string, { min, max }: Bounds): number {
  if (!/^[+-]?\d{1,10}$/.test(text)) throw new Refused('malformed', `${name}=${text}`);
  const value = Number(text);
  if (value < min || value > max) throw new Refused('out_of_range', `${name}=${text}`);
  return value;
}

/** A list of numbers, sorted and without repeats. With `signed`, from -max to max without zero. */
function readList(parts: Parts, name: string, max: number, signed: boolean, min = 1): readonly number[] {
  const text = parts.get(name);
  if (text === undefined) return [];
  const values = text.split(',').map((item) => {
    const value = readNumber(name, item.trim(), { min: signed ? -max : min, max });
    if (signed && value === 0) throw new Refused('out_of_range', `${name}=${item}`);
    return value;
  });
  return [...new Set(values)].sort((a, b) => a - b);
}

function readByDay(parts: Parts): readonly ByDay[] {
  const text = parts.get('BYDAY');
  if (text === undefined) return [];
  const seen = new Map<string, ByDay>();
  for (const item of text.split(',')) {
    const found = /^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)$/.exec(item.trim());
    if (!found) throw new Refused('malformed', `BYDAY=${item}`);
    const nth = found[1] === undefined ? null : Number(found[1]);
    if (nth !== null && (nth === 0 || Math.abs(nth) > 53)) throw new Refused('out_of_range', `BYDAY=${item}`);
    const weekday = WEEKDAYS.indexOf(found[2] ?? '');
    seen.set(`${nth}/${weekday}`, { weekday, nth });
  }
  return [...seen.values()];
}

function readEnd(parts: Parts): RuleEnd {
  const [count, until] = [parts.get('COUNT'), parts.get('UNTIL')];
  if (count !== undefined && until !== undefined) throw new Refused('conflict', 'COUNT and UNTIL');
  if (count !== undefined) return { kind: 'count', count: readNumber('COUNT', count, { min: 1, max: MAX_COUNT }) };
  if (until === undefined) return { kind: 'never' };
  const time = parseLineTime(until, null);
  if (!time) throw new Refused('malformed', `UNTIL=${until}`);
  return { kind: 'until', until: time };
}

/** RFC 5545, section 3.3.10: which parts may stand beside which frequency. */
function checkTogether(rule: Rule): void {
  const { frequency, byDay } = rule;
  const refuse = (part: string): never => {
    throw new Refused('conflict', `${part} with FREQ=${frequency.toUpperCase()}`);
  };
  if (rule.byWeekNo.length > 0 && frequency !== 'yearly') refuse('BYWEEKNO');
  if (rule.byYearDay.length > 0 && frequency !== 'yearly') refuse('BYYEARDAY');
  if (rule.byMonthDay.length > 0 && frequency === 'weekly') refuse('BYMONTHDAY');
  const counted = byDay.some(({ nth }) => nth !== null);
  if (counted && (frequency === 'daily' || frequency === 'weekly')) refuse('BYDAY with a number');
  if (counted && rule.byWeekNo.length > 0) refuse('BYDAY with a number and BYWEEKNO');
  const times = Math.max(1, rule.byHour.length) * Math.max(1, rule.byMinute.length) * Math.max(1, rule.bySecond.length);
  if (times > MAX_TIMES_A_DAY) throw new Refused('too_dense', 'BYHOUR, BYMINUTE, BYSECOND');
}

/**
 * Reads the text after `RRULE:`. In an all-day series BYHOUR, BYMINUTE and BYSECOND are ignored, as the RFC demands.
 * @throws Refused
 */
export function parseRule(text: string, allDay: boolean): Rule {
  if (text.length > MAX_RULE_LENGTH) throw new Refused('too_long', text);
  const parts = readParts(text);
  const weekStart = WEEKDAYS.indexOf(parts.get('WKST') ?? 'MO');
  if (weekStart < 0) throw new Refused('malformed', `WKST=${parts.get('WKST')}`);
  const timeList = (name: string, max: number): readonly number[] =>
    allDay ? [] : readList(parts, name, max, false, 0);
  const rule: Rule = {
    frequency: readFrequency(parts),
    interval: readNumber('INTERVAL', parts.get('INTERVAL') ?? '1', { min: 1, max: MAX_INTERVAL }),
    end: readEnd(parts),
    weekStart,
    byMonth: readList(parts, 'BYMONTH', 12, false),
    byWeekNo: readList(parts, 'BYWEEKNO', 53, true),
    byYearDay: readList(parts, 'BYYEARDAY', 366, true),
    byMonthDay: readList(parts, 'BYMONTHDAY', 31, true),
    byDay: readByDay(parts),
    byHour: timeList('BYHOUR', 23),
    byMinute: timeList('BYMINUTE', 59),
    bySecond: timeList('BYSECOND', 59),
    bySetPos: readList(parts, 'BYSETPOS', 366, true),
  };
  checkTogether(rule);
  return rule;
}
