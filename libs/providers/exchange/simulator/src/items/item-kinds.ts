import type { FolderKind } from '../mailbox/records';
import { complexType } from '../wire/schema';

/** `t:ContactItemType` for `Contact`; null for what is no item (`AcceptItem`). */
export const itemType = (kind: string): string | null =>
  complexType('t:ArrayOfRealItemsType')?.elements.get(kind)?.type ?? null;

const CLASSES: Readonly<Record<string, string>> = {
  Message: 'IPM.Note',
  CalendarItem: 'IPM.Appointment',
  Contact: 'IPM.Contact',
  DistributionList: 'IPM.DistList',
  MeetingMessage: 'IPM.Schedule.Meeting',
  MeetingRequest: 'IPM.Schedule.Meeting.Request',
  MeetingResponse: 'IPM.Schedule.Meeting.Resp.Pos',
  MeetingCancellation: 'IPM.Schedule.Meeting.Canceled',
  Task: 'IPM.Task',
  PostItem: 'IPM.Post',
};

/** The class of an item that names none. */
export const classOf = (kind: string): string => CLASSES[kind] ?? 'IPM.Item';

interface Home {
  /** Where items of this kind are put when nobody says where. */
  readonly folder: string;
  /** The only kind of folder that takes them; null when any does. */
  readonly only: FolderKind | null;
  readonly refusal: string;
}

const ANYWHERE: Home = { folder: 'drafts', only: null, refusal: 'ErrorInvalidFolderTypeForOperation' };
const HOMES: Readonly<Record<string, Home>> = {
  CalendarItem: {
    folder: 'calendar',
    only: 'CalendarFolder',
    refusal: 'ErrorCannotCreateCalendarItemInNonCalendarFolder',
  },
  Contact: { folder: 'contacts', only: 'ContactsFolder', refusal: 'ErrorCannotCreateContactInNonContactFolder' },
  DistributionList: {
    folder: 'contacts',
    only: 'ContactsFolder',
    refusal: 'ErrorCannotCreateContactInNonContactFolder',
  },
  Task: { folder: 'tasks', only: 'TasksFolder', refusal: 'ErrorCannotCreateTaskInNonTaskFolder' },
};

export const homeOf = (kind: string): Home => HOMES[kind] ?? ANYWHERE;

/** Whether it is a message: something that has a sender and is read. */
export const isMessage = (kind: string): boolean => kind === 'Message' || kind.startsWith('Meeting');
