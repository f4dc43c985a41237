import { Alert, Button, CopyButton, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Connection } from '@daybook/contracts';
import { useTranslation } from '../../i18n/use-translation';
import { useAnnounce } from '../../shell/announce-context';
import { Icon } from '../../shell/icon';
import { isWebAddress, ProviderLink } from '../../states/provider-link';
import classes from './profile.module.css';

interface ApprovalProps {
  readonly connection: Connection;
  /** Of the service. */
  readonly label: string;
  /** The way on, where it does not stand beside this note already. */
  readonly action?: ReactNode;
}

/** While an administrator has to agree: the link to hand on where there is one, and what comes after it. */
export function AdminApproval({ connection, label, action }: ApprovalProps) {
  const { t } = useTranslation();
  const { account } = connection;
  const link = linkOf(connection);
  return (
    <Alert
      color="yellow"
      variant="light"
      icon={<Icon name="lock" />}
      title={t('approval.title', { service: label })}
      role="note"
    >
      <Stack gap="xs">
        <Text>{t('approval.text', { service: label })}</Text>
        <ol className={classes.steps}>
          <li>
            {t(link ? 'approval.hand' : 'approval.ask', { service: label })}
            {link && <ApprovalLink url={link} />}
          </li>
          <li>
            {/* One that worked before has all it needs but the approval. */}
            {t(account === null ? 'approval.thenContinue' : 'approval.thenBySelf', { service: label })}
          </li>
        </ol>
        {action && <div>{action}</div>}
      </Stack>
    </Alert>
  );
}

/** The same for what is missing in a connection that works. */
export function ApprovalOfMore({ connection, label }: Omit<ApprovalProps, 'action'>) {
  const { t } = useTranslation();
  const link = linkOf(connection);
  return (
    <div>
      <Text>{t(link ? 'approval.moreHand' : 'approval.moreAsk', { service: label })}</Text>
      {link && <ApprovalLink url={link} />}
    </div>
  );
}

function linkOf({ adminConsentUrl: url }: Connection): string | null {
  return url !== undefined && isWebAddress(url) ? url : null;
}

function ApprovalLink({ url }: { url: string }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  return (
    <Group gap="sm" mt={4}>
      <CopyButton value={url} timeout={2_000}>
        {({ copied, copy }) => (
          <Button
            size="xs"
            variant="default"
            leftSection={<Icon name={copied ? 'check' : 'copy'} size={14} />}
            onClick={() => {
              copy();
              announce(t('app.copied'));
            }}
          >
            {t(copied ? 'app.copied' : 'approval.copy')}
          </Button>
        )}
      </CopyButton>
      <ProviderLink url={url}>{t('approval.open')}</ProviderLink>
    </Group>
  );
}

/** An administrator has agreed, and one step of the person's own is left. */
export function ApprovedNote({ label }: { label: string }) {
  const { t } = useTranslation();
  return (
    <Alert color="green" variant="light" icon={<Icon name="check" />} title={t('approval.approvedTitle')} role="status">
      {t('approval.approvedText', { service: label })}
    </Alert>
  );
}
