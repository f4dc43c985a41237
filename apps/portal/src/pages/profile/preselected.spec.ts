import { describe, expect, it } from 'vitest';
import type { Service } from '@daybook/contracts';
import { preselected } from './preselected';

const service = (locked: boolean): Service => ({
  service: 'google',
  label: 'Google',
  methods: [],
  offered: true,
  permissions: [{ part: 'calendar', choices: ['none', 'read', 'readWrite'], value: 'readWrite', locked }],
});
const chosen = (text: string) => new URLSearchParams(text);

describe('preselected', () => {
  it('is the offer until something is chosen, and none for what is not offered', () => {
    expect(preselected(service(false), chosen(''))).toEqual({ calendar: 'readWrite', contacts: 'none' });
    expect(preselected(service(false), chosen('calendar=read&contacts=readWrite'))).toEqual({
      calendar: 'read',
      contacts: 'none',
    });
  });

  it('does not follow an address that asks for what is locked or unknown', () => {
    expect(preselected(service(true), chosen('calendar=read')).calendar).toBe('readWrite');
    expect(preselected(service(false), chosen('calendar=everything')).calendar).toBe('readWrite');
  });
});
