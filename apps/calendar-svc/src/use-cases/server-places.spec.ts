import { FakeClock } from '@daybook/testing/fakes';
import { ServerPlaces, type RunEnd } from './server-places';

describe('places at servers that people have named', () => {
  let clock: FakeClock;
  let woken: string[];
  let subject: ServerPlaces;
  beforeEach(() => {
    clock = new FakeClock();
    woken = [];
    subject = new ServerPlaces({ most: 3, mostAtOne: 2, clock, random: () => 1, wake: (id) => void woken.push(id) });
  });

  const enter = (id: string, server: string | null) => subject.enter(id, server);
  const types = (...which: [string, string | null][]) => which.map(([id, server]) => enter(id, server).type);
  const inside = (id: string, server: string | null = 'a'): ((end: RunEnd) => void) => {
    const place = enter(id, server);
    if (place.type !== 'in') throw new Error(`${id} ${place.type}`);
    return place.leave;
  };
  const nobodyAnswers = (times: number, server = 'a'): void => {
    for (let time = 0; time < times; time += 1) inside(`silent${time}`, server)('silent');
  };

  it('are few, and fewer at one server', () => {
    expect(types(['1', 'a'], ['2', 'a'], ['3', 'a'])).toEqual(['in', 'in', 'waits']);
    expect(types(['4', 'b'], ['5', 'c'], ['6', null])).toEqual(['in', 'waits', 'waits']);
  });

  it('are kept for those who wait longest, whoever comes meanwhile', () => {
    const leave = inside('1', 'a');
    types(['2', 'a'], ['3', 'b'], ['4', 'a'], ['5', 'c']);
    leave('through');
    expect(woken).toEqual(['4']);
    expect(types(['1', 'a'], ['6', 'c'], ['4', 'a'])).toEqual(['waits', 'waits', 'in']);
  });

  it('go to the next in line where the first still has to wait for its own server', () => {
    inside('1', 'a');
    inside('2', 'a');
    const leave = inside('3', 'b');
    types(['4', 'a'], ['5', 'c']);
    leave('unfinished');
    expect(woken).toEqual(['5']);
  });

  it('keep the turn of whoever asks again and again', () => {
    const leave = inside('1', 'a');
    types(['2', 'b'], ['3', 'b'], ['4', 'c'], ['5', 'c'], ['4', 'c'], ['4', 'c']);
    leave('through');
    expect(woken).toEqual(['4']);
  });

  it('go on to the next where whoever was called does not come', () => {
    const leave = inside('1', 'a');
    types(['2', 'b'], ['3', 'b'], ['4', 'c'], ['5', 'c']);
    leave('through');
    clock.advance(2_000);
    expect([enter('1', 'a').type, woken]).toEqual(['waits', ['4', '5']]);
  });

  it('are given back once', () => {
    const leave = inside('1', 'a');
    inside('2', 'a');
    leave('through');
    leave('through');
    inside('3', 'a');
    expect(enter('4', 'a').type).toBe('waits');
  });

  it('say whether somebody waits', () => {
    const leave = inside('1', 'a');
    types(['2', 'a'], ['3', 'a']);
    expect(subject.isAwaited).toBe(true);
    leave('through');
    expect(subject.isAwaited).toBe(false);
  });

  it('are one at a server that has not answered, and as many as before when it has', () => {
    nobodyAnswers(1);
    const leave = inside('1', 'a');
    expect(enter('2', 'a').type).toBe('waits');
    leave('through');
    expect([woken, ...types(['2', 'a'], ['3', 'a'])]).toEqual([['2'], 'in', 'in']);
  });

  it('are none for a while at a server that answers nobody, ever longer, up to a minute', () => {
    const waits: number[] = [];
    let leave = inside('1', 'a');
    for (let time = 0; time < 9; time += 1) {
      leave('silent');
      let wait = 0;
      let place = enter('1', 'a');
      for (; place.type === 'silent'; wait += 500) {
        clock.advance(500);
        place = enter('1', 'a');
      }
      if (place.type === 'in') ({ leave } = place);
      waits.push(wait);
    }
    expect(waits).toEqual([0, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it('let those who wait for a server know at once that it has answered nobody', () => {
    nobodyAnswers(1);
    const leave = inside('1', 'a');
    types(['2', 'a'], ['3', 'a']);
    leave('silent');
    expect(woken).toEqual(['2', '3']);
    expect(types(['2', 'a'], ['3', 'a'], ['4', 'b'])).toEqual(['silent', 'silent', 'in']);
  });

  it('learn nothing from a run that asked nobody', () => {
    nobodyAnswers(2);
    clock.advance(2_000);
    inside('1', 'a')('unasked');
    inside('1', 'a');
    expect(enter('2', 'a').type).toBe('waits');
  });
});
