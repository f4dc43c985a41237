import { describe, expect, it } from 'vitest';
import {
  calendarReviewSchema,
  calendarSchema,
  connectionSchema,
  diagnosisItemSchema,
  listOf,
  meetingChangedSchema,
  meetingSchema,
  meetingWithdrawnSchema,
  meSchema,
  receiptSchema,
  serviceSchema,
  signInItemSchema,
} from '@daybook/contracts';
import type { z } from 'zod';

const modules = import.meta.glob('../../browser/fixtures/world.mjs', { eager: true });
const accounts = import.meta.glob('../../browser/fixtures/connections.mjs', { eager: true });
const signIns = import.meta.glob('../../browser/fixtures/sign-in.mjs', { eager: true, import: 'signInSteps' });
const findings = import.meta.glob('../../browser/fixtures/findings.mjs', { eager: true, import: 'revokedFindings' });

interface Answer {
  readonly status?: number;
  readonly json: unknown;
}

/** What the fixtures of the browser's tests answer, read as the untyped files they are. */
function answerOf(path: string, method = 'GET', body?: object, state: object = {}): unknown {
  const world: unknown = Reflect.apply(functionOf(Object.values(modules)[0], 'createWorld'), undefined, []);
  Object.assign(Object(world), state);
  const url = new URL(`http://localhost${path}`);
  const answer: Answer = Reflect.apply(functionOf(world, 'answer'), world, [method, url, body, { authorization: 'x' }]);
  return answer.json;
}

const time = (clock: string) => ({ dateTime: `2036-11-25T${clock}:00`, timeZone: 'Europe/Berlin' });
const times = { start: time('09:00'), end: time('09:30') };
const scheduled = { topic: 'Planning', ...times, calendarId: 'cal_work', attendees: [{ email: 'b@example.com' }] };

function functionOf(holder: unknown, name: string): (...given: never[]) => unknown {
  const found: unknown = Reflect.get(Object(holder), name);
  if (typeof found !== 'function') throw new TypeError(`${name} is no function`);
  return (...given) => Reflect.apply(found, holder, given);
}

describe('the fixtures of the browser tests', () => {
  it.each<[string, z.ZodType]>([
    ['/v1/me', meSchema],
    ['/v1/services', listOf(serviceSchema)],
    ['/v1/connections', listOf(connectionSchema)],
    ['/v1/receipts/rcp_1', receiptSchema],
    ['/v1/calendars', listOf(calendarSchema)],
    ['/v1/meetings?limit=500', listOf(meetingSchema)],
  ])('answer %s as the contract says, codes included', (path, schema) => {
    expect(schema.safeParse(answerOf(path)).error?.issues ?? []).toEqual([]);
  });

  it.each<[string, string, object | undefined, z.ZodType]>([
    ['POST', '/v1/meetings', scheduled, meetingSchema],
    ['PATCH', '/v1/meetings/mtg_plain', { topic: 'Other' }, meetingChangedSchema],
    ['PATCH', '/v1/meetings/mtg_plain', times, meetingChangedSchema],
    ['PATCH', '/v1/meetings/mtg_series?scope=all', { recurrence: ['RRULE:FREQ=DAILY'] }, meetingChangedSchema],
    ['POST', '/v1/meetings/mtg_waits/withdraw', undefined, meetingWithdrawnSchema],
    ['GET', '/v1/meetings/mtg_series', undefined, meetingSchema],
    ['GET', '/v1/meetings/mtg_overridden', undefined, meetingSchema],
  ])('answer %s %s %o as the contract says', (method, path, body, schema) => {
    expect(schema.safeParse(answerOf(path, method, body)).error?.issues ?? []).toEqual([]);
  });

  it('answer with a held run as the contract says, page by page', () => {
    const held = { held: true, letThrough: true };
    for (const path of ['/v1/calendars/cal_work/review', '/v1/calendars/cal_work/review?cursor=rvw_1.1'])
      expect(calendarReviewSchema.parse(answerOf(path, 'GET', undefined, held)).items.length).toBeGreaterThan(0);
    const [calendar] = listOf(calendarSchema).parse(answerOf('/v1/calendars', 'GET', undefined, held)).items;
    expect(calendar).toMatchObject({ review: { removing: 130 }, undoable: { removed: 130 } });
  });

  it('answer with two accounts as the contract says', () => {
    const waiting: unknown = Reflect.apply(functionOf(Object.values(accounts)[0], 'waitingOffice'), undefined, [0]);
    const office: unknown = Reflect.apply(functionOf(Object.values(accounts)[0], 'officeOf'), undefined, [0]);
    for (const one of [waiting, office]) {
      expect(
        listOf(connectionSchema).parse(answerOf('/v1/connections', 'GET', undefined, { office: one })).items,
      ).toHaveLength(2);
      listOf(calendarSchema).parse(answerOf('/v1/calendars', 'GET', undefined, { office: one }));
    }
  });

  it('answer with three accounts as the contract says', () => {
    const holder = Object.values(accounts)[0];
    const exchange: unknown = Reflect.apply(functionOf(holder, 'exchangeOf'), undefined, [0]);
    const office: unknown = Reflect.apply(functionOf(holder, 'officeByPassword'), undefined, [0]);
    const state = { exchange, office };
    expect(listOf(connectionSchema).parse(answerOf('/v1/connections', 'GET', undefined, state)).items).toHaveLength(3);
    listOf(calendarSchema).parse(answerOf('/v1/calendars', 'GET', undefined, state));
  });

  it('sign in step by step as the contract says', () => {
    for (const steps of Object.values(Object(signIns))) {
      for (const found of Object.values(Object(steps)))
        expect(signInItemSchema.array().safeParse(found).error?.issues ?? []).toEqual([]);
      expect(Object.keys(Object(steps)).length).toBeGreaterThan(3);
    }
    expect(Object.keys(signIns)).toHaveLength(1);
  });

  it('find with a check of a connection what the contract says', () => {
    for (const found of Object.values(findings)) {
      expect(diagnosisItemSchema.array().safeParse(found).error?.issues ?? []).toEqual([]);
    }
    expect(Object.keys(findings)).toHaveLength(1);
  });
});
