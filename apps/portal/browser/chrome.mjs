import { chromium } from 'playwright-core';
import { cacheFolder } from '../../../tools/embedded/cache.mjs';
import { obtainChromium } from '../../../tools/embedded/chromium-sources.mjs';
import { createReport } from '../../../tools/processes/report.mjs';

/** Nothing of a browser's own traffic, and no sandbox inside the sandbox of a test machine. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function launchChromium() {
  const { path } = await obtainChromium({ cache: cacheFolder(), report: createReport({ quiet: true }) });
  return chromium.launch({ executablePath: path, args: FLAGS });
}

/**
 * A fresh profile of a browser: `width` below 500 is a phone.
 * @param {{ width?: number, scheme?: 'light' | 'dark', language?: 'en' | 'de', timeZone?: string }} look
 */
export function openContext(
  browser,
  { width = 1280, scheme = 'light', language = 'en', timeZone = 'Europe/Berlin' } = {},
) {
  const phone = width < 500;
  return browser.newContext({
    viewport: { width, height: phone ? 780 : 860 },
    hasTouch: phone,
    isMobile: phone,
    colorScheme: scheme,
    locale: language === 'de' ? 'de-DE' : 'en-GB',
    timezoneId: timeZone,
    reducedMotion: 'reduce',
  });
}

/** Collects what a page complains about: thrown errors, and messages of its console that `expected` does not match. */
export function watchComplaints(page, expected = /^$/) {
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(`thrown: ${error.message}`));
  page.on('console', (message) => {
    const serious = message.type() === 'error' || message.type() === 'warning';
    if (serious && !expected.test(message.text())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  return complaints;
}
