export { createExchangeProvider, type ExchangeProviderOptions } from './exchange.provider';
export { type ExchangeAccess, writeAccess } from './transport/access-text';
