import { isDiagnosisEvent, type DeltaPage, type RemoteChange, type RemoteMeeting } from '@daybook/provider-port';

type Change = RemoteChange<RemoteMeeting>;

/** A page without the events of diagnoses, whoever wrote them: a run that meets one just then takes it for nothing. */
export function withoutDiagnosis(page: DeltaPage<RemoteMeeting>): DeltaPage<RemoteMeeting> {
  if (!page.changes.some(isOfDiagnosis)) return page;
  return { ...page, changes: page.changes.filter((change) => !isOfDiagnosis(change)) };
}

function isOfDiagnosis(change: Change): boolean {
  return change.type === 'upserted' && change.item.kind !== 'cancelled' && isDiagnosisEvent(change.item);
}
