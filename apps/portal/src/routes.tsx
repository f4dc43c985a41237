import { createBrowserRouter, Navigate, type RouteObject } from 'react-router';
import { FirstLoad } from './states/first-load';
import { RouteBroken } from './states/route-broken';

/** Each page is loaded when it is first opened. */
export const routes: RouteObject[] = [
  {
    errorElement: <RouteBroken />,
    hydrateFallbackElement: <FirstLoad />,
    children: [
      { path: 'sign-in', lazy: async () => ({ Component: (await import('./pages/sign-in/sign-in-page')).SignInPage }) },
      {
        path: 'welcome',
        lazy: async () => ({ Component: (await import('./pages/welcome/welcome-page')).WelcomePage }),
      },
      {
        path: 'approval',
        lazy: async () => ({ Component: (await import('./pages/approval/approval-page')).ApprovalPage }),
      },
      {
        lazy: async () => ({ Component: (await import('./shell/signed-in')).SignedIn }),
        children: [
          { index: true, element: <Navigate to="/meetings" replace /> },
          {
            path: 'meetings',
            lazy: async () => ({ Component: (await import('./pages/meetings/meetings-page')).MeetingsPage }),
            // Both are drawn by the page itself, so that the list stays while a meeting is open.
            children: [
              { index: true, element: null },
              { path: ':meetingId', element: null },
            ],
          },
          {
            path: 'meetings/new',
            lazy: async () => ({ Component: (await import('./pages/schedule/schedule-page')).SchedulePage }),
          },
          {
            path: 'meetings/:meetingId/edit',
            lazy: async () => ({ Component: (await import('./pages/schedule/edit-page')).EditPage }),
          },
          {
            path: 'profile',
            lazy: async () => ({ Component: (await import('./pages/profile/profile-page')).ProfilePage }),
            children: [
              { index: true, element: <Navigate to="/profile/integration" replace /> },
              {
                path: 'integration',
                lazy: async () => ({
                  Component: (await import('./pages/profile/integration-section')).IntegrationSection,
                }),
              },
              {
                path: 'preferences',
                lazy: async () => ({
                  Component: (await import('./pages/profile/preferences-section')).PreferencesSection,
                }),
              },
            ],
          },
          {
            path: 'profile/integration/connect',
            lazy: async () => ({ Component: (await import('./pages/profile/connect-page')).ConnectPage }),
          },
          {
            path: 'profile/integration/:connectionId/configure',
            lazy: async () => ({ Component: (await import('./pages/profile/configure-page')).ConfigurePage }),
          },
          {
            path: 'profile/integration/:connectionId/reconnect',
            lazy: async () => ({
              Component: (await import('./pages/profile/sign-in-form/reconnect-page')).ReconnectPage,
            }),
          },
          {
            path: 'profile/integration/receipts/:receiptId',
            lazy: async () => ({ Component: (await import('./pages/profile/receipt-page')).ReceiptPage }),
          },
          { path: 'admin', lazy: async () => ({ Component: (await import('./pages/admin/admin-page')).AdminPage }) },
          { path: '*', lazy: async () => ({ Component: (await import('./states/not-found')).NotFound }) },
        ],
      },
    ],
  },
];

/** Loads the page of the present address at once, before anything is drawn. */
export const createRoutes = () => createBrowserRouter(routes);
