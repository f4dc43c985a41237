import { mergeMetrics } from './merge-metrics';
import { createMetrics } from './metrics';

describe('metrics of several processes', () => {
  it('become one text in which every family stands once and no series is lost', async () => {
    const texts = await Promise.all(
      ['auth-svc', 'calendar-svc', 'calendar-svc'].map((service, place) => {
        const metrics = createMetrics({ service, process: `host-${place}` });
        metrics
          .histogram({ name: 'daybook_wait_seconds', help: 'Wait', labels: ['kind'] })
          .observe({ kind: 'a' }, 0.02);
        if (place > 0) metrics.counter({ name: 'daybook_runs_total', help: 'Runs' }).inc();
        return metrics.render();
      }),
    );
    const lines = mergeMetrics(texts).split('\n');
    const described = lines.filter((line) => line.startsWith('# TYPE')).map((line) => line.split(' ')[2]);
    expect(new Set(described).size).toBe(described.length);
    expect(described).toEqual(expect.arrayContaining(['daybook_wait_seconds', 'daybook_runs_total']));
    const series = lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split(' ')[0]);
    expect(new Set(series).size).toBe(series.length);
    expect(series).toContain('daybook_wait_seconds_count{service="auth-svc",process="host-0",kind="a"}');
    expect(lines.filter((line) => line.startsWith('daybook_runs_total{'))).toHaveLength(2);
    for (const name of described) {
      const places = lines.flatMap((line, place) => (belongsTo(line, name ?? '') ? [place] : []));
      expect(places.at(-1)).toBe((places[0] ?? 0) + places.length - 1);
    }
  });

  it('are nothing where nobody answers', () => {
    expect(mergeMetrics([])).toBe('');
  });
});

function belongsTo(line: string, name: string): boolean {
  return new RegExp(`^(# (HELP|TYPE) )?${name}(_bucket|_sum|_count)?[ {]`).test(line);
}
