const ADDRESSES = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether a host name of a URL stands for this machine: names under `localhost` do too (RFC 6761, section 6.3). */
export const isThisMachine = (hostname: string): boolean => ADDRESSES.has(hostname) || hostname.endsWith('.localhost');
