import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { Meeting, MeetingChanged, Scope } from '@daybook/contracts';
import { hasCode } from '../../api/api-problem';
import { meetingOptions } from '../../api/meeting-queries';
import { newIdempotencyKey, useChangeMeeting, useTellWritten } from '../../api/meeting-writes';
import { usePortal } from '../../api/portal-context';
import { useTranslation } from '../../i18n/use-translation';
import { useAnnounce } from '../../shell/announce-context';
import { usePerson } from '../../shell/person-context';
import { changeBody, sameTime } from './bodies';
import { draftOf, type Draft } from './draft';
import { onTopOf } from './merge';
import { toTop } from './to-top';
import { useDraft, type DraftForm } from './use-draft';

interface Editing {
  readonly meeting: Meeting;
  readonly scope: Scope | null;
  /** The page that was left for the form. */
  readonly shownAt: string;
}

interface Base {
  readonly meeting: Meeting;
  readonly draft: Draft;
}

/**
 * One edit from opening to saving. What it is based on stays as it was when the form opened, whatever arrives meanwhile; if
 * that was something, the save is refused and `present` is what has become of the meeting.
 */
export function useEdit({ meeting, scope, shownAt }: Editing) {
  const { formats } = usePerson();
  const toBase = (of: Meeting): Base => ({ meeting: of, draft: draftOf(of, formats.zone) });
  const [base, setBase] = useState(() => toBase(meeting));
  const form = useDraft(() => base.draft);
  const [present, setPresent] = useState<Base | null>(null);
  const { change, send } = useSend({ base, form, scope, shownAt, onConflict: (now) => setPresent(toBase(now)) });
  const goOnWith = (draft: Draft, on: Base) => {
    form.replace(draft);
    setBase(on);
    setPresent(null);
    change.reset();
  };
  return {
    base,
    form,
    present,
    change,
    save: () => form.check() && !change.isPending && send(form.draft),
    saveAndNotify: () => {
      form.set({ notify: true });
      send({ ...form.draft, notify: true });
    },
    goOn: () => present && goOnWith(onTopOf(base.draft, form.draft, present.draft), present),
    discard: () => present && goOnWith(present.draft, present),
  };
}

interface Sending extends Pick<Editing, 'scope' | 'shownAt'> {
  readonly base: Base;
  readonly form: DraftForm;
  readonly onConflict: (now: Meeting) => void;
}

/** Sends what is different from the base, all tries under one key; where nothing is, it only leaves. */
function useSend({ base, form, scope, shownAt, onConflict }: Sending) {
  const { id, version } = base.meeting;
  const change = useChangeMeeting();
  const leave = useLeave(shownAt, form.release);
  const readPresent = useReadPresent(id);
  const [idempotencyKey] = useState(newIdempotencyKey);
  const send = (draft: Draft) => {
    const body = changeBody(base.draft, draft);
    if (Object.keys(body).length === 0) return leave();
    const kept = sameTime(base.draft, draft) && body.recurrence === undefined;
    change.mutate(
      { id, scope, version, body, idempotencyKey },
      {
        onSuccess: (done) => leave(done, kept),
        onError: (error) => {
          if (hasCode(error, 'version_conflict')) void readPresent().then((now) => now && onConflict(now));
        },
      },
    );
  };
  return { change, send };
}

function useReadPresent(id: string): () => Promise<Meeting | null> {
  const { api } = usePortal();
  const cache = useQueryClient();
  // What cannot be read now is said by the refusal itself, which stays.
  return () => cache.fetchQuery({ ...meetingOptions(api, id), staleTime: 0 }).catch(() => null);
}

/** To the meeting that shows what was done: the separate event, or what was edited, where that is still to be found. */
function useLeave(shownAt: string, release: () => void) {
  const { t } = useTranslation();
  const { search } = useLocation();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const tell = useTellWritten();
  return (done?: MeetingChanged, sameAddress = true) => {
    const target = done?.separateEvent?.id ?? (done && !sameAddress ? done.meeting.id : shownAt);
    if (done) {
      tell(target, { kind: 'changed', ...done });
      announce(t('written.saved'));
    }
    const left = new URLSearchParams(search);
    left.delete('scope');
    toTop();
    release();
    void navigate({ pathname: `/meetings/${encodeURIComponent(target)}`, search: left.toString() }, { replace: true });
  };
}
