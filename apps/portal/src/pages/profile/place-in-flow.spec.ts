import { describe, expect, it } from 'vitest';
import type { Service } from '@daybook/contracts';
import { placeInFlow } from './place-in-flow';

const field = { name: 'password', label: 'Password', type: 'password' as const, required: true };
const byOAuth = { method: 'oauth2' as const, label: 'OAuth', recommended: true, fields: [] };
const byForm = { method: 'ews' as const, label: 'EWS', recommended: false, fields: [field] };
const service = (name: Service['service'], methods: Service['methods'], offered = true): Service => ({
  service: name,
  label: name,
  methods,
  permissions: [],
  offered,
});
const services = [
  service('google', [byOAuth], false),
  service('office365', [byOAuth, byForm]),
  service('exchange', [byForm]),
];

describe('the address of the connect flow', () => {
  it.each([
    ['', 'service'],
    ['service=office365', 'service'],
    ['service=google&step=permissions', 'service'],
    ['service=office365&step=permissions', 'permissions'],
    ['service=office365&step=method', 'method'],
    ['service=office365&step=form&method=ews', 'form'],
    ['service=office365&step=form', 'permissions'],
    ['service=office365&step=form&method=oauth2', 'permissions'],
    ['service=exchange&step=form', 'form'],
    ['service=exchange&step=method', 'permissions'],
    ['service=exchange&step=nothing', 'permissions'],
  ])('%s leads to the step %s', (address, step) => {
    expect(placeInFlow(services, new URLSearchParams(address)).step).toBe(step);
  });

  it('keeps every choice on the way back', () => {
    const place = placeInFlow(services, new URLSearchParams('service=exchange&step=form&calendar=read'));
    expect(place.backTo('permissions').toString()).toBe('service=exchange&step=permissions&calendar=read');
    expect(place.backTo('service').toString()).toBe('service=exchange&calendar=read');
  });
});
