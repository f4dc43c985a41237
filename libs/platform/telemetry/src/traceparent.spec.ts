import { childTraceparent, newTraceparent, parseTraceparent } from './traceparent';

describe('trace context', () => {
  const parent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

  it('keeps the trace and its sampling, with a span of its own', () => {
    const child = parseTraceparent(childTraceparent(parent));
    expect(child).toMatchObject({ traceId: '4bf92f3577b34da6a3ce929d0e0e4736', sampled: true });
    expect(child?.spanId).not.toBe('00f067aa0ba902b7');
  });

  it.each([
    '',
    'garbage',
    '00-00000000000000000000000000000000-00f067aa0ba902b7-01',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01',
    'ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more',
  ])('begins a new trace instead of taking "%s"', (text) => {
    expect(parseTraceparent(text)).toBeNull();
    expect(parseTraceparent(childTraceparent(text))).not.toBeNull();
  });

  it('reads a later version by its first fields', () => {
    expect(parseTraceparent(parent.replace(/^00/, '01') + '-more')).toMatchObject({ sampled: true });
  });

  it('makes valid headers that do not record', () => {
    expect(parseTraceparent(newTraceparent())).toMatchObject({ sampled: false });
  });
});
