import { type AuthPort, ProviderError } from '@daybook/provider-port';
import type { ExchangeProviderOptions } from '../exchange.provider';
import { createExchangeForm } from './exchange-form';
import { permissionsOf, scopesOf } from './scopes';

/** Signing in with a password. It is good until the server refuses it, and then only a person knows another one. */
export function createExchangeAuth(options: ExchangeProviderOptions): AuthPort {
  return {
    scopesFor: scopesOf,
    grantedBy: permissionsOf,
    form: createExchangeForm(options),
    refresh: () => Promise.reject(new ProviderError('ConsentRevoked', { detail: 'a password that was refused' })),
  };
}
