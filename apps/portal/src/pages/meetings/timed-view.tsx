import { DayView, WeekView, type DayViewProps } from '@mantine/schedule';
import { useCallback, useEffect, useRef, useState } from 'react';
import { usePerson } from '../../shell/person-context';
import { toCivil } from '../../time/zoned-time';
import classes from './schedule.module.css';

/** A quarter of an hour is then high enough for a line of text. */
const HOUR_PX = 64;

type Shared = Pick<DayViewProps, 'events' | 'locale' | 'radius' | 'labels' | 'onEventClick' | 'renderEventBody'>;

interface TimedViewProps extends Shared {
  readonly span: 'day' | 'week';
  readonly date: string;
  readonly firstHour: number;
  /** A day of the week was chosen. */
  readonly onDay: (day: string) => void;
}

/** A day or a week by the hour. It opens at `firstHour`; from then on the person decides what is in sight. */
export function TimedView({ span, date, firstHour, onDay, ...shared }: TimedViewProps) {
  const { formats } = usePerson();
  const [opensAt] = useState(firstHour);
  // The library's own way to scroll puts the hour behind what is fixed above it.
  const viewportRef = useCallback(
    (viewport: HTMLDivElement | null) => viewport?.scrollTo({ top: opensAt * HOUR_PX }),
    [opensAt],
  );
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The library names a day by its date in figures. Its name is what one sees, or a voice could not ask for it.
    for (const day of root.current?.querySelectorAll('.mantine-WeekView-weekViewDayLabel') ?? []) {
      day.removeAttribute('aria-label');
    }
  });
  const hours = {
    ...shared,
    date,
    withHeader: false,
    getCurrentTime: () => toCivil(Date.now(), formats.zone).replace('T', ' '),
    intervalMinutes: 60,
    slotLabelFormat: 'HH:mm',
    slotHeight: HOUR_PX,
    scrollAreaProps: { mah: 'max(360px, calc(100dvh - 296px))', viewportRef },
  };
  if (span === 'day') {
    return <DayView {...hours} classNames={{ dayViewAllDay: classes.allDay, dayViewSlotLabel: classes.slotLabel }} />;
  }
  return (
    <div ref={root}>
      <WeekView
        {...hours}
        highlightToday
        withWeekNumber={false}
        onDateChange={onDay}
        classNames={{ weekViewAllDaySlots: classes.allDayOfWeek, weekViewAllDaySlotsLabel: classes.allDayLabel }}
      />
    </div>
  );
}
