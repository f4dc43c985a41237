import { Controller, Inject } from '@nestjs/common';
import {
  calendarCalendarChange,
  calendarCalendarList,
  calendarConnectionSync,
  calendarCursorGet,
  calendarMeetingChange,
  calendarMeetingChanges,
  calendarMeetingDelete,
  calendarMeetingGet,
  calendarMeetingList,
  calendarMeetingSchedule,
  calendarMeetingWithdraw,
  type ParsedInputOf,
} from '@daybook/contracts';
import { Handles, jsonReply, type JsonReply } from '@daybook/platform/nats';
import { READING, type Reading } from '../app-tokens';
import { changeCalendar, listCalendars } from '../use-cases/calendars';
import { cursorNow } from '../use-cases/changes-cursor';
import { changeMeeting } from '../use-cases/change-meeting';
import { deleteMeeting } from '../use-cases/delete-meeting';
import { getMeeting } from '../use-cases/get-meeting';
import { readChanges } from '../use-cases/read-changes';
import { requestSync } from '../use-cases/request-sync';
import { scheduleMeeting } from '../use-cases/schedule-meeting';
import { viewerOf } from '../use-cases/viewer';
import { withdrawWrite } from '../use-cases/withdraw-write';
import { fittingPage } from './fitting-page';
import { KeptPages } from './kept-pages';

/** What people ask about their calendars. */
@Controller()
export class MeetingsController {
  private readonly pages: KeptPages;

  constructor(@Inject(READING) private readonly around: Reading) {
    this.pages = new KeptPages(around);
  }

  @Handles(calendarMeetingList)
  async list({ caller, query }: ParsedInputOf<typeof calendarMeetingList>): Promise<JsonReply> {
    return jsonReply(await this.pages.read(caller, query));
  }

  @Handles(calendarMeetingGet)
  async get({ caller, id }: ParsedInputOf<typeof calendarMeetingGet>) {
    return getMeeting(caller, id, this.around);
  }

  @Handles(calendarMeetingChanges)
  async changes({ caller, query }: ParsedInputOf<typeof calendarMeetingChanges>): Promise<JsonReply> {
    return jsonReply(await fittingPage(query, (asked) => readChanges(caller, asked, this.around)));
  }

  @Handles(calendarMeetingSchedule)
  async schedule(request: ParsedInputOf<typeof calendarMeetingSchedule>) {
    return scheduleMeeting(request, this.around);
  }

  @Handles(calendarMeetingChange)
  async changeMeeting(request: ParsedInputOf<typeof calendarMeetingChange>) {
    return changeMeeting(request, this.around);
  }

  @Handles(calendarMeetingDelete)
  async delete(request: ParsedInputOf<typeof calendarMeetingDelete>) {
    return deleteMeeting(request, this.around);
  }

  @Handles(calendarMeetingWithdraw)
  async withdraw(request: ParsedInputOf<typeof calendarMeetingWithdraw>) {
    return withdrawWrite(request, this.around);
  }

  @Handles(calendarCursorGet)
  async cursor({ caller }: ParsedInputOf<typeof calendarCursorGet>) {
    const viewer = await viewerOf(caller, this.around.store, this.around.policy);
    return { cursor: cursorNow(viewer, this.around.clock.now()) };
  }

  @Handles(calendarCalendarList)
  async calendars({ caller, query }: ParsedInputOf<typeof calendarCalendarList>) {
    return listCalendars(caller, query, this.around);
  }

  @Handles(calendarCalendarChange)
  async change({ caller, ...request }: ParsedInputOf<typeof calendarCalendarChange>) {
    const calendar = await changeCalendar(caller, request, this.around);
    this.around.wake(calendar.connectionId);
    this.around.changed(caller.userId);
    return calendar;
  }

  @Handles(calendarConnectionSync)
  async sync({ caller, id }: ParsedInputOf<typeof calendarConnectionSync>) {
    await requestSync(caller, id, this.around);
    return {};
  }
}
