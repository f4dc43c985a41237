import { Group, UnstyledButton } from '@mantine/core';
import { useTranslation } from '../i18n/use-translation';
import { useChangePreferences } from '../api/people-queries';
import { languageNames, languages, showIn } from '../i18n/i18n';
import classes from './shell.module.css';

/** EN/DE, at once; for a signed-in person it is kept with their profile. */
export function LanguageSwitch({ keep }: { keep: boolean }) {
  const { t, i18n } = useTranslation();
  const change = useChangePreferences();
  return (
    <Group gap={4} role="group" aria-label={t('app.language')} wrap="nowrap">
      {languages.map((language) => (
        <UnstyledButton
          key={language}
          className={classes.language}
          aria-pressed={i18n.language === language}
          aria-label={`${language.toUpperCase()}, ${languageNames[language]}`}
          lang={language}
          onClick={() => {
            void showIn(i18n, language);
            if (keep) change.mutate({ language });
          }}
        >
          {language.toUpperCase()}
        </UnstyledButton>
      ))}
    </Group>
  );
}
