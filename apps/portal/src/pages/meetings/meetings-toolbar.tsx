import { ActionIcon, Group, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback, useHotkeys, useMediaQuery } from '@mantine/hooks';
import { useRef, useState } from 'react';
import { useTranslation } from '../../i18n/use-translation';
import { useCalendars } from '../../api/meeting-queries';
import { useServiceLabel } from '../../api/people-queries';
import { Icon } from '../../shell/icon';
import { MarkDot } from './calendar-legend';
import { calendarMarks } from './calendar-marks';
import { groupedByAccount } from './grouped-by-account';
import { views, type MeetingsAddress, type View } from './meeting-filter';
import legend from './calendar-legend.module.css';
import classes from './meetings.module.css';

export function MeetingsToolbar({ address }: { address: MeetingsAddress }) {
  const { t } = useTranslation();
  // Seven columns do not fit a phone: there a week is read day by day or as the list.
  const narrow = useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false });
  const offered = views.filter((view) => !(narrow && view === 'week'));
  const shown = narrow && address.view === 'week' ? 'day' : address.view;
  return (
    <div className={classes.toolbar}>
      <SegmentedControl
        aria-label={t('meetings.view')}
        value={shown}
        onChange={(view) => address.change({ view })}
        data={offered.map((view: View) => ({ value: view, label: t(`meetings.${view}`) }))}
        transitionDuration={100}
      />
      <SearchField address={address} />
      <Group gap="sm" className={classes.filters} wrap="nowrap">
        <Select
          label={t('meetings.hostedBy')}
          value={address.filter.hostedBy}
          onChange={(hostedBy) => address.change({ hostedBy })}
          allowDeselect={false}
          data={[
            { value: 'all', label: t('meetings.everyone') },
            { value: 'me', label: t('meetings.me') },
          ]}
        />
        <CalendarFilter address={address} />
      </Group>
    </div>
  );
}

function CalendarFilter({ address }: { address: MeetingsAddress }) {
  const { t } = useTranslation();
  const labelOf = useServiceLabel();
  const items = useCalendars().data?.items ?? [];
  const shown = items.filter((calendar) => calendar.selected);
  const groups = groupedByAccount(shown, ({ service }) => labelOf(service));
  const marks = calendarMarks(items);
  return (
    <Select
      label={t('meetings.calendar')}
      value={address.filter.calendar ?? 'all'}
      onChange={(calendar) => address.change({ calendar: calendar === 'all' ? null : calendar })}
      allowDeselect={false}
      data={[
        { value: 'all', label: t('meetings.allCalendars') },
        ...(groups.length > 1 ? groups : groups.flatMap((group) => group.items)),
      ]}
      renderOption={({ option, checked }) => (
        <span className={legend.option}>
          <MarkDot mark={marks.get(option.value)} />
          <span className={legend.name}>{option.label}</span>
          {checked && <Icon name="check" size={14} />}
        </span>
      )}
    />
  );
}

function SearchField({ address }: { address: MeetingsAddress }) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(address.filter.q);
  const apply = useDebouncedCallback((q: string) => address.change({ q }), 250);
  const clear = () => {
    setText('');
    address.change({ q: null });
  };
  useHotkeys([['/', () => field.current?.focus()]]);
  return (
    <TextInput
      ref={field}
      className={classes.searchField}
      aria-label={t('meetings.search')}
      placeholder={t('meetings.search')}
      leftSection={<Icon name="search" size={16} />}
      rightSection={
        text !== '' && (
          <ActionIcon variant="subtle" color="gray" c="inherit" aria-label={t('meetings.clearSearch')} onClick={clear}>
            <Icon name="close" size={14} />
          </ActionIcon>
        )
      }
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        apply(event.currentTarget.value.trim());
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && text !== '') clear();
      }}
    />
  );
}
