import type { FileAttachment } from '../mailbox/event-record';

/** An attachment as served: only files are kept. */
export const attachmentResource = ({
  id,
  name,
  contentType,
  isInline,
  contentId,
  contentBytes,
  size,
  at,
}: FileAttachment) => ({
  '@odata.type': '#microsoft.graph.fileAttachment',
  '@odata.mediaContentType': contentType,
  id,
  lastModifiedDateTime: new Date(at).toISOString(),
  name,
  contentType,
  size,
  isInline,
  contentId,
  contentLocation: null,
  contentBytes,
});
