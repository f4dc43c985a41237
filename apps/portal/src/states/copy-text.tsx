import { ActionIcon, CopyButton } from '@mantine/core';
import { useTranslation } from '../i18n/use-translation';
import { useAnnounce } from '../shell/announce-context';
import { Icon } from '../shell/icon';
import classes from './copy-text.module.css';

/** A value with a button that copies it; `shown` when it reads better in another form. */
export function CopyText({ text, shown, label }: { text: string; shown?: string; label: string }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  return (
    <span className={classes.root}>
      <span className={classes.text}>{shown ?? text}</span>
      <CopyButton value={text} timeout={2_000}>
        {({ copied, copy }) => (
          <ActionIcon
            variant="subtle"
            color="gray"
            c={copied ? 'var(--daybook-good)' : 'inherit'}
            size={28}
            aria-label={label}
            title={copied ? t('app.copied') : label}
            onClick={() => {
              copy();
              announce(t('app.copied'));
            }}
          >
            <Icon name={copied ? 'check' : 'copy'} size={16} />
          </ActionIcon>
        )}
      </CopyButton>
    </span>
  );
}
