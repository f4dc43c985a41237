import type { EwsRefusal } from '../soap/refusal';
import { element, type XmlElement } from '../wire/element';

/** `ResponseMessage` as availability and out-of-office answers hold it, which have no list of them. */
export const plainSuccess = (): XmlElement =>
  element('ResponseMessage', [element('ResponseCode', 'NoError')], { ResponseClass: 'Success' });

export const plainRefusal = ({ responseCode, message }: EwsRefusal): XmlElement =>
  element(
    'ResponseMessage',
    [element('MessageText', message), element('ResponseCode', responseCode), element('DescriptiveLinkKey', 0)],
    { ResponseClass: 'Error' },
  );
