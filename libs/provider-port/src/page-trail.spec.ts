import { PageTrail } from './page-trail';

const item = (id: string, etag = '1') => ({ id, etag });
const outage = expect.objectContaining({ kind: 'Unavailable' });

describe('the trail of pages', () => {
  let trail: PageTrail;
  beforeEach(() => {
    trail = new PageTrail('etag');
  });

  it('goes from name to name to the end', () => {
    expect(trail.next([item('a')], 'p2', null)).toBe('p2');
    expect(trail.next([item('b')], 'p3', 'p2')).toBe('p3');
    expect(trail.next([item('b')], null, 'p3')).toBeNull();
  });

  it('stops at a page that names itself', () => {
    expect(() => trail.next([], 'p', 'p')).toThrow(outage);
    expect(() => trail.next([item('a')], 'p', 'p')).toThrow(outage);
  });

  it('stops at a page that comes again under another name', () => {
    trail.next([item('a'), item('b')], 'p2', null);
    expect(() => trail.next([item('a'), item('b')], 'p3', 'p2')).toThrow(outage);
  });

  it.each([
    ['a changed item', [item('a'), item('b', '2')]],
    ['another length', [item('a'), item('x'), item('b')]],
    ['another first item', [item('x'), item('b')]],
    ['no items', []],
    ['what are no items', [null, 'text']],
  ])('tells the page before from one with %s', (_which, items) => {
    trail.next([item('a'), item('b')], 'p2', null);
    expect(trail.next(items, 'p3', 'p2')).toBe('p3');
  });

  it('lets empty pages follow each other', () => {
    trail.next([], 'p2', null);
    expect(trail.next([], 'p3', 'p2')).toBe('p3');
  });
});
