import { Anchor, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from '../../i18n/use-translation';
import { Link, useParams } from 'react-router';
import type { Receipt } from '@daybook/contracts';
import { useReceipt } from '../../api/connection-queries';
import { useServiceLabel } from '../../api/people-queries';
import { usePerson } from '../../shell/person-context';
import { RowSkeletons } from '../../states/first-load';
import { ProblemBox } from '../../states/problem-box';
import classes from './profile.module.css';

const purgedKinds = ['calendars', 'meetings', 'ledgerEntries', 'outboxRows'] as const;

/** What a deletion removed and what it cannot recall; it completes itself while one looks. */
export function ReceiptPage() {
  const { t } = useTranslation();
  const { receiptId = '' } = useParams();
  const receipt = useReceipt(receiptId);
  return (
    <Stack gap="md" className={classes.page}>
      <Title order={1}>{t('receipt.title')}</Title>
      {receipt.data ? (
        <Shown receipt={receipt.data} />
      ) : receipt.error ? (
        <ProblemBox error={receipt.error} onRetry={() => void receipt.refetch()} />
      ) : (
        <RowSkeletons count={4} />
      )}
      <Anchor component={Link} to="/profile/integration" underline="always">
        {t('receipt.toIntegration')}
      </Anchor>
    </Stack>
  );
}

function Shown({ receipt }: { receipt: Receipt }) {
  const { t } = useTranslation();
  const { formats } = usePerson();
  const service = useServiceLabel()(receipt.service);
  const moment = (text: string) => formats.moment(Date.parse(text));
  const account = receipt.account ?? t('connection.unknownAccount');
  return (
    <>
      <Text>{t('receipt.lead', { service, account, time: moment(receipt.deletedAt) })}</Text>
      <Text role="status">
        {receipt.completedAt ? t('receipt.complete', { time: moment(receipt.completedAt) }) : t('receipt.going')}
      </Text>
      <dl className={classes.receipt}>
        <Line term={t('receipt.revocation')}>{t(`receipt.revocations.${stageOf(receipt)}`)}</Line>
        <Line term={t('receipt.subscriptions')}>{t(`receipt.subscriptionStates.${receipt.subscriptions}`)}</Line>
        <Line term={t('receipt.secrets')}>
          {t(receipt.secretsDestroyed ? 'receipt.secretsDestroyed' : 'receipt.secretsKept')}
        </Line>
        {receipt.purged && (
          <Line term={t('receipt.purged')}>
            <Purged purged={receipt.purged} />
          </Line>
        )}
        {receipt.notes.length > 0 && (
          <Line term={t('receipt.notes')}>
            {receipt.notes.map((note) => (
              <Note key={note.code} note={note} />
            ))}
          </Line>
        )}
        <Line term={t('receipt.number')}>{receipt.id}</Line>
      </dl>
    </>
  );
}

/** Without an answer of the provider it is tried again, for as long as there is a secret to do it with. */
function stageOf({ revocation, secretsDestroyed }: Receipt): string {
  return revocation === 'unreachable' && !secretsDestroyed ? 'trying' : revocation;
}

/** In the server's own words where it is newer than this page. */
function Note({ note: { code, detail } }: { note: Receipt['notes'][number] }) {
  const { t, i18n } = useTranslation();
  return i18n.exists(`receipt.note.${code}`) ? <div>{t(`receipt.note.${code}`)}</div> : <div lang="en">{detail}</div>;
}

function Line({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Purged({ purged }: { purged: NonNullable<Receipt['purged']> }) {
  const { t } = useTranslation();
  const { formats } = usePerson();
  const part = (kind: (typeof purgedKinds)[number]) =>
    t(`receipt.purgedOf.${kind}`, { count: purged[kind], number: formats.number(purged[kind]) });
  return purgedKinds.map(part).join(', ');
}
