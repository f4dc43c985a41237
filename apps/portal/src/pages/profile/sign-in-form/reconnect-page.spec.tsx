// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { Route, Routes } from 'react-router';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fillBrowserGaps } from '../../../testing/browser-gaps';
import { renderInPortal } from '../../../testing/render-in-portal';
import { aConnection } from '../../../testing/samples';
import { passwordServices } from '../../../testing/services';
import { ReconnectPage } from './reconnect-page';

const PATH = '/v1/connections/con_1/reconnect';
const connection = aConnection({
  service: 'exchange',
  method: 'ews',
  state: 'needs_reconnect',
  server: {
    url: 'https://mail.example.com/EWS/Exchange.asmx',
    username: 'EXAMPLE\\ada',
    version: 'ExchangeSE',
    certificateChecksSkipped: false,
  },
});

async function show(shown = connection) {
  const page = (items: readonly unknown[]) => () => Response.json({ items, next: null });
  const answers = {
    '/v1/services': page(passwordServices),
    '/v1/connections': page([shown]),
    [PATH]: () => Response.json({ connection: shown }),
  };
  const routes = (
    <Routes>
      <Route path="/:connectionId/reconnect" element={<ReconnectPage />} />
      <Route path="*" element={null} />
    </Routes>
  );
  const view = await renderInPortal(routes, { answers, at: '/con_1/reconnect' });
  await screen.findByRole('heading', { level: 1 });
  const send = async () => {
    fireEvent.change(screen.getByLabelText('Exchange login password'), { target: { value: 'new' } });
    fireEvent.click(screen.getByRole('button', { name: 'Connect again' }));
    await waitFor(() => expect(view.router.state.location.search).toBe('?result=connected&connection=con_1'));
    return JSON.parse(String(view.server.calls.find(({ path }) => path === PATH)?.init.body));
  };
  return { ...view, send };
}

describe('a connection with a password, connected again', () => {
  beforeAll(fillBrowserGaps);
  afterEach(() => {
    cleanup();
    sessionStorage.clear();
  });

  it('asks just for the password, and sends just that', async () => {
    const { send } = await show();
    expect(screen.queryByLabelText('Exchange login username or UPN')).toBeNull();
    expect(await send()).toEqual({ ews: { password: 'new' } });
  });

  it('begins with the server as it is where that is to change, and sends what changed', async () => {
    const { send } = await show();
    fireEvent.click(screen.getByRole('button', { name: 'Change server' }));
    expect(screen.getByLabelText('Exchange login username or UPN')).toHaveValue('EXAMPLE\\ada');
    expect(screen.getByLabelText('Exchange version', { selector: 'input' })).toHaveValue('Exchange Server SE');
    const url = screen.getByLabelText('EWS URL (optional)');
    expect(url).toHaveValue('https://mail.example.com/EWS/Exchange.asmx');
    fireEvent.change(url, { target: { value: 'mail2.example.com' } });
    expect(await send()).toEqual({ ews: { password: 'new', url: 'mail2.example.com' } });
  });

  it('is no page for a connection of another way', async () => {
    await show(aConnection({ service: 'office365', method: 'oauth2' }));
    expect(screen.queryByLabelText(/password/)).toBeNull();
    expect(screen.queryByRole('button', { name: 'Connect again' })).toBeNull();
  });
});
