import { Spoiler } from '@mantine/core';
import { useTranslation } from '../../i18n/use-translation';
import type { Meeting } from '@daybook/contracts';
import { Icon, type IconName } from '../../shell/icon';
import { usePerson } from '../../shell/person-context';
import classes from './detail.module.css';

type Attendee = Meeting['attendees'][number];

const signs: Partial<Record<Attendee['response'], IconName>> = {
  accepted: 'check',
  declined: 'close',
  tentative: 'info',
  organizer: 'person',
};

/** Everybody invited, with their answer in words and as a sign. */
export function Attendees({ attendees }: { attendees: readonly Attendee[] }) {
  const { t } = useTranslation();
  const { me } = usePerson();
  const order = { organizer: 0, required: 1, optional: 2, resource: 3 };
  const sorted = [...attendees].sort((a, b) => order[a.role] - order[b.role]);
  return (
    <Spoiler
      maxHeight={220}
      showLabel={t('detail.showDescription')}
      hideLabel={t('app.close')}
      transitionDuration={100}
      attributes={{ content: { 'aria-label': t('detail.attendees') } }}
    >
      <ul className={classes.people}>
        {sorted.map((attendee, index) => (
          <li key={`${attendee.email ?? ''} ${index}`}>
            <span className={classes.sign}>
              <Icon name={signs[attendee.response] ?? 'clock'} size={14} />
            </span>
            <span className={classes.wrap}>
              {attendee.name || (attendee.isMe && me.user.name) || attendee.email}
              {attendee.isMe && ` (${t('detail.you')})`}{' '}
              <span className={classes.dim}>
                {t(`response.${attendee.response}`)}
                {(attendee.role === 'optional' || attendee.role === 'resource') && `, ${t(`detail.${attendee.role}`)}`}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Spoiler>
  );
}
