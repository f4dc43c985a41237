import { useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { useTranslation } from '../../i18n/use-translation';
import { Button, Title } from '@mantine/core';
import { Link, useLocation, useNavigate, useParams } from 'react-router';
import { RowSkeletons } from '../../states/first-load';
import { IntegrationOff } from '../../states/integration-off';
import { CalendarLegend } from './calendar-legend';
import { ConnectionNotes } from './connection-notes';
import { MeetingDetail } from './meeting-detail';
import { useMeetingsAddress } from './meeting-filter';
import { MeetingList } from './meeting-list';
import { MeetingsToolbar } from './meetings-toolbar';
import classes from './meetings.module.css';
import { ZoneHint } from './zone-hint';

const ScheduleView = lazy(() => import('./schedule-view').then((module) => ({ default: module.ScheduleView })));

/** List or calendar, with the chosen meeting beside it on wide screens and on a page of its own on narrow ones. */
export function MeetingsPage() {
  const { t } = useTranslation();
  const { meetingId } = useParams();
  const { search } = useLocation();
  const navigate = useNavigate();
  const address = useMeetingsAddress();
  const isList = address.view === 'list';
  const beside = useMediaQuery(isList ? '(min-width: 68em)' : '(min-width: 90em)', undefined, {
    getInitialValueInEffect: false,
  });
  const close = () => void navigate({ pathname: '/meetings', search }, { preventScrollReset: true });
  const alone = meetingId !== undefined && !beside;
  return (
    <div className={classes.split} data-open={(meetingId !== undefined && beside) || undefined}>
      <section hidden={alone} className={classes.overview} aria-label={t('meetings.title')}>
        <div className={classes.heading}>
          <Title order={1}>{t('meetings.title')}</Title>
          <Button component={Link} to={{ pathname: '/meetings/new', search }} aria-keyshortcuts="c">
            {t('schedule.button')}
          </Button>
        </div>
        <MeetingsToolbar address={address} />
        <IntegrationOff />
        <ConnectionNotes />
        <ZoneHint />
        <CalendarLegend />
        {isList ? (
          <MeetingList address={address} beside={beside} chosen={meetingId ?? null} />
        ) : (
          <Suspense fallback={<RowSkeletons />}>
            <ScheduleView address={address} />
          </Suspense>
        )}
      </section>
      {meetingId !== undefined && <MeetingDetail key={meetingId} id={meetingId} beside={beside} onClose={close} />}
    </div>
  );
}
