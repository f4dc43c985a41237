import { Alert } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { useTranslation } from '../../i18n/use-translation';
import { Door } from '../../shell/door';

/**
 * `/approval?result=…`: where an administrator lands who was asked to approve Daybook at a provider. It may be somebody without
 * an account here, so it is a page before the door and leads nowhere.
 */
export function ApprovalPage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const isApproved = search.get('result') === 'approved';
  const said = isApproved ? 'approval.thanks' : 'approval.refused';
  return (
    <Door title={t(`${said}.title`)} lead={t(`${said}.lead`)}>
      <Alert color={isApproved ? 'green' : 'yellow'}>{t(`${said}.next`)}</Alert>
    </Door>
  );
}
