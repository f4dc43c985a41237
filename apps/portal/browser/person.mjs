import { settled } from './checks.mjs';

/** Signs in through the page, from wherever the door sends one. */
export async function signIn(page, address, email, password = 'daybook') {
  await page.goto(`${address}/sign-in`);
  await page.locator('input[type=email]').fill(email);
  await page.locator('input[type=password]').fill(password);
  await page.locator('button[type=submit]').click();
  await page.waitForURL(/\/meetings/);
  await settled(page);
}

/** The connect flow from the page of connections to its end, over the provider's own pages. `allow: false` says no there. */
export async function connectGoogle(page, address, mailbox, { allow = true } = {}) {
  await openProvider(page, address, 'Google');
  await page.locator(`button[name=account][value="${mailbox}"]`).click();
  await page.getByRole('button', { name: allow ? 'Allow' : 'Deny' }).click();
  await page.waitForURL(/\/profile\/integration\?/);
  await settled(page);
}

/** Fills in the form of a service that takes a password, whatever language it speaks. */
export async function fillSignIn(page, texts) {
  for (const [name, text] of Object.entries(texts)) await page.locator(`[data-field=${name}] input`).fill(text);
}

/** The connect flow of a service that takes a password, from its form to its end. */
export async function connectByPassword(page, address, service, texts) {
  await page.goto(`${address}/profile/integration/connect?service=${service}&step=form&method=ews`);
  await settled(page);
  await fillSignIn(page, texts);
  await page.locator('form button[type=submit]').click();
  await page.waitForURL(/result=connected/);
  await settled(page);
}

/** Up to the provider's page that asks who it is. */
export async function openProvider(page, address, service) {
  await page.goto(`${address}/profile/integration`);
  await page.getByRole('link', { name: 'Connect to Calendar and Contact Service' }).click();
  // The choice is in the address, so it is there a moment after the click.
  await page.getByRole('radio', { name: service }).click();
  await page.getByRole('radio', { name: service, checked: true }).waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('radio', { name: 'Read and write' }).check();
  await page.getByRole('button', { name: 'Next' }).click();
  if (service !== 'Google') {
    await page.getByRole('radio', { name: 'Authorize with OAuth 2.0 (recommended)', checked: true }).waitFor();
    await page.getByRole('button', { name: 'Next' }).click();
  }
  await page.locator('button[name=account]').first().waitFor();
}
