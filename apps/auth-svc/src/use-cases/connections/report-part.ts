import type { authConnectionReport, ParsedInputOf } from '@daybook/contracts';
import type { Connection, LinkedServer, PartReport } from '../../model/connection';
import { partState } from '../../model/connection-state';
import type { Audience, ConnectionWriter } from './connection-writer';

export type Report = ParsedInputOf<typeof authConnectionReport>;

/** Takes down a syncing service's word on its part; an older word than the last is dropped. */
export class ReportPart {
  constructor(private readonly writer: ConnectionWriter) {}

  async run({ connectionId, part, certificateExpiresAt, ...report }: Report): Promise<void> {
    const next = toPartReport(report);
    await this.writer.change(connectionId, (current, _tx, policy) => {
      const before = current.reports[part];
      if (current.phase === 'deleted' || (before && before.at >= next.at)) return null;
      const server = withCertificate(current.server, certificateExpiresAt);
      const changed: Connection = { ...current, server, reports: { ...current.reports, [part]: next } };
      const moved = partState(part, current, !policy.enabled) !== partState(part, changed, !policy.enabled);
      const isAnother = server?.certificateExpiresAt?.getTime() !== current.server?.certificateExpiresAt?.getTime();
      return { next: changed, audience: moved ? 'everybody' : isAnother ? 'screens' : audienceOf(before, next) };
    });
  }
}

/** What nobody has seen anew stays as it was. */
function withCertificate(server: LinkedServer | null, expiresAt: string | undefined): LinkedServer | null {
  if (server === null || expiresAt === undefined || server.certificateChecksSkipped) return server;
  return { ...server, certificateExpiresAt: new Date(expiresAt) };
}

/** Progress and trouble are shown live; a mere later time of the last success is read along with the next look. */
function audienceOf(before: PartReport | null, next: PartReport): Audience {
  const shown = (report: PartReport | null) =>
    JSON.stringify([report?.progress ?? null, report?.problem?.code ?? null]);
  return shown(before) === shown(next) ? 'nobody' : 'screens';
}

function toPartReport(report: Omit<Report, 'connectionId' | 'part' | 'certificateExpiresAt'>): PartReport {
  const { coverage } = report;
  return {
    at: new Date(report.at),
    state: report.state,
    lastSuccessAt: report.lastSuccessAt === null ? null : new Date(report.lastSuccessAt),
    nextAttemptAt: report.nextAttemptAt === null ? null : new Date(report.nextAttemptAt),
    progress: report.progress ?? null,
    problem: report.problem ?? null,
    ...(coverage ? { coverage: { from: new Date(coverage.from), to: new Date(coverage.to) } } : {}),
  };
}
