export { FakeAuth } from './fake-auth';
export { FakeClock } from './fake-clock';
export { FAKE_CLAIMS, type FakeFault, type FakeFaultKind, FakeFaults, type FakeOperation } from './fake-faults';
export { type FakeAnswer, FakeHttp, FakeHttpFailure } from './fake-http';
export { FakeLog, type LoggedLine } from './fake-log';
export { type FakeMail, FakeMailbox, type FakeWrite } from './fake-mailbox';
export { FakeNotifications } from './fake-notifications';
export { FakeProvider, type FakeProviderOptions } from './fake-provider';
export { at, cancelled, content, draft, exception, type FakeItem, series, single } from './meeting-builders';
