import { randomBytes } from 'node:crypto';
import { refusals } from '../graph/graph-error';
import { fileAttachment } from './event-body';
import type { FileAttachment } from './event-record';

/** Larger files need an upload session. */
const LARGEST = 3 * 1024 * 1024;

/** @throws GraphError 400 for anything but a small file */
export function fileAttachmentOf(sent: Record<string, unknown>, now: number): FileAttachment {
  const type = String(sent['@odata.type'] ?? '').replace(/^#?microsoft\.graph\./i, '');
  if (type !== 'fileAttachment') throw refusals.invalidRequest(`Attachments of type '${type}' are not supported.`);
  const plain = Object.fromEntries(Object.entries(sent).filter(([name]) => !name.includes('@')));
  const read = fileAttachment.safeParse(plain);
  if (!read.success) throw refusals.unreadableBody(`The attachment is invalid: ${read.error.issues[0]?.message ?? ''}`);
  const { name, contentType, isInline, contentId, contentBytes } = read.data;
  const bytes = Buffer.from(contentBytes, 'base64');
  if (bytes.length > LARGEST) throw refusals.invalidRequest('The size of the attachment exceeds the limit of 3 MB.');
  return {
    id: `AAMkADQ2ZGI3${randomBytes(18).toString('base64url')}EgAQAA=`,
    name,
    contentType: contentType ?? 'application/octet-stream',
    isInline: isInline ?? false,
    contentId: contentId ?? null,
    contentBytes: bytes.toString('base64'),
    size: bytes.length,
    at: now,
  };
}
