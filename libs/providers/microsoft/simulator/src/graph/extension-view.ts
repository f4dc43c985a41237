import type { OpenExtension } from '../mailbox/event-record';

/** An open extension as served; its id carries the type. */
export const extensionResource = ({ extensionName, values }: OpenExtension): Record<string, unknown> => ({
  '@odata.type': '#microsoft.graph.openTypeExtension',
  id: `Microsoft.OutlookServices.OpenTypeExtension.${extensionName}`,
  extensionName,
  ...values,
});
