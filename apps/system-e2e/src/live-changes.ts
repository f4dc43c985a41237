import type { Simulator } from '@daybook/testing/stack';
import { dayAfterMonday } from './own-calendar';

let serial = 0;

/** An event within the coming four weeks whose title nothing else has. */
export function anEvent(title: string): object {
  serial += 1;
  const day = dayAfterMonday(serial % 28);
  return {
    summary: `${title} ${serial}`,
    start: { dateTime: `${day}T11:00:00`, timeZone: 'Europe/Berlin' },
    end: { dateTime: `${day}T11:45:00`, timeZone: 'Europe/Berlin' },
  };
}

/** What happens at the provider meanwhile: something new, something changed, something gone. */
export async function live(mailbox: Simulator): Promise<void> {
  const [changed, removed] = [await mailbox.insert(anEvent('Changing')), await mailbox.insert(anEvent('Going'))];
  await mailbox.insert(anEvent('New'));
  await mailbox.patch(changed.id, { summary: `Changed ${serial}`, location: 'https://zoom.us/j/5551112222' });
  await mailbox.remove(removed.id);
}
