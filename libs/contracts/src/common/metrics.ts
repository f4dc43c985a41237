/** The services that tell the gateway what they measure. */
export const measuredOwners = ['auth', 'calendar', 'admin'] as const;

/** Where every process of a service is asked for its metrics; each answers with a text of the Prometheus format. */
export function metricsSubject(owner: string): string {
  return `${owner}.metrics.read`;
}
