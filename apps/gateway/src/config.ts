import { setting } from '@daybook/platform/config';
import { logLevels } from '@daybook/platform/logging';
import { z } from 'zod';

/** What the gateway reads from its environment; checked once, at the start. */
export const gatewaySettingsSchema = z.object({
  GATEWAY_PORT: setting.port().default(8080).describe('The port of the public door'),
  GATEWAY_HOST: setting.text().default('127.0.0.1').describe('The address the gateway listens on'),
  PUBLIC_URL: setting
    .url()
    .optional()
    .describe('The address people and providers reach this deployment at; http://localhost and the port when absent'),
  NATS_URL: setting.url({ protocols: ['nats:', 'tls:'] }).describe('The broker'),
  NATS_USER: setting.text().optional().describe("The service's user at the broker"),
  NATS_PASSWORD: setting.secret().optional().describe("The password of the service's user at the broker"),
  AUTH_HTTP_URL: setting.url().describe("auth-svc's own address for the steps of OAuth"),
  PORTAL_DIR: setting.text().optional().describe('The folder with the built portal; without it no pages are served'),
  LOG_LEVEL: setting.oneOf(logLevels).default('info').describe('The least level that is logged'),
  TRUSTED_PROXIES: setting
    .list()
    .default([])
    .describe('Addresses or networks of reverse proxies whose X-Forwarded-For is believed'),
  RATE_PERSON_PER_MINUTE: setting
    .integer({ min: 1 })
    .default(6000)
    .describe('Requests one person, API key or unknown address may make in a minute'),
  RATE_SIGN_IN_PER_MINUTE: setting
    .integer({ min: 1 })
    .default(60)
    .describe('Sign-ins, and refused API keys, from one address in a minute'),
  RATE_HOOKS_PER_MINUTE: setting
    .integer({ min: 1 })
    .default(120_000)
    .describe('Calls on /hooks from one address in a minute'),
  STREAMS_PER_PERSON: setting.integer({ min: 1 }).default(12).describe('Live streams one person may hold open'),
  MAX_CONNECTIONS: setting.integer({ min: 1 }).default(10_000).describe('TCP connections the gateway holds at once'),
  METRICS_TOKEN: setting.secret({ min: 16 }).optional().describe('When set, /metrics asks for it as a bearer token'),
  OTEL_EXPORTER_OTLP_ENDPOINT: setting.url().optional().describe('Where traces are sent; nowhere when absent'),
});

export type GatewaySettings = z.output<typeof gatewaySettingsSchema>;

/** The address of this deployment as browsers see it, without a slash at its end. */
export function publicUrlOf(settings: GatewaySettings): string {
  return settings.PUBLIC_URL ?? `http://localhost:${settings.GATEWAY_PORT}`;
}
