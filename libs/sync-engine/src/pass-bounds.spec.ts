import type { RemoteChange, RemoteMeeting } from '@daybook/provider-port';
import { PassBounds, TooManyItems } from './pass-bounds';

const removed = (from: number, count: number): RemoteChange<RemoteMeeting>[] =>
  Array.from({ length: count }, (_none, n) => ({ type: 'removed', remoteId: `e${from + n}` }));

describe('what a provider may show in one pass', () => {
  it('is half a million items', () => {
    const subject = new PassBounds();
    for (let page = 0; page < 500; page += 1) subject.note(removed(page * 1_000, 1_000));
    expect(() => subject.note(removed(500_000, 1))).toThrow(TooManyItems);
  });

  it('is less by what the same pass has shown before', () => {
    const subject = new PassBounds(10, 8);
    subject.note(removed(0, 2));
    expect(() => subject.note(removed(2, 1))).toThrow('more than 10 items');
  });

  it('has an end where it says nothing new', () => {
    const subject = new PassBounds();
    const turning = () => {
      for (let page = 0; page < 100; page += 1) subject.note(removed((page % 3) * 10, 10));
    };
    expect(turning).toThrow('listing gets nowhere');
  });

  it('has an end where it turns in a circle of which it does not remember all', () => {
    const subject = new PassBounds();
    const turning = () => {
      for (let page = 0; page < 600; page += 1) subject.note(removed((page % 90) * 1_000, 1_000));
    };
    expect(turning).toThrow(TooManyItems);
  });

  it('may be many empty pages, with something new among them', () => {
    const subject = new PassBounds();
    const pages = (count: number) => {
      for (let page = 0; page < count; page += 1) subject.note([]);
    };
    pages(500);
    subject.note(removed(0, 1));
    pages(500);
    expect(() => subject.note([])).toThrow('listing gets nowhere');
  });
});
