import type { Service } from '@daybook/contracts';

const permissions: Service['permissions'] = [
  { part: 'calendar', choices: ['none', 'read', 'readWrite'], value: 'readWrite', locked: false },
];

/** Two services that take a password, one of them with a better way. */
export const passwordServices: readonly Service[] = [
  {
    service: 'office365',
    label: 'Office 365',
    methods: [
      { method: 'oauth2', label: 'OAuth', recommended: true, fields: [] },
      {
        method: 'ews',
        label: 'EWS',
        recommended: false,
        fields: [
          { name: 'email', label: 'Address', type: 'email', required: true },
          { name: 'password', label: 'Password', type: 'password', required: true },
          { name: 'url', label: 'EWS URL', type: 'url', required: true, default: 'https://office.example/EWS' },
        ],
      },
    ],
    permissions,
    offered: true,
  },
  {
    service: 'exchange',
    label: 'Exchange',
    methods: [
      {
        method: 'ews',
        label: 'EWS',
        recommended: true,
        fields: [
          { name: 'username', label: 'Name', type: 'text', required: true },
          { name: 'password', label: 'Password', type: 'password', required: true },
          {
            name: 'version',
            label: 'Version',
            type: 'select',
            required: true,
            default: 'auto',
            options: ['auto', 'ExchangeSE'],
          },
          { name: 'url', label: 'EWS URL', type: 'text', required: false },
        ],
      },
    ],
    permissions,
    offered: true,
  },
];
