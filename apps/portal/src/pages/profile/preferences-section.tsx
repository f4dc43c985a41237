import { Anchor, Select, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from '../../i18n/use-translation';
import { useChangePreferences } from '../../api/people-queries';
import { isLanguage, languageNames, languages, showIn } from '../../i18n/i18n';
import { usePerson } from '../../shell/person-context';
import { ProblemBox } from '../../states/problem-box';

const deviceZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Language and time zone; each change is kept at once. */
export function PreferencesSection() {
  const { t, i18n } = useTranslation();
  const { me } = usePerson();
  const change = useChangePreferences();
  const zones = zoneNames(me.user.timeZone);
  return (
    <Stack gap="md" maw={440} component="section" aria-labelledby="preferences">
      <div>
        <Title order={2} id="preferences">
          {t('profile.preferences')}
        </Title>
        <Text c="dimmed">{t('profile.person', { email: me.user.email })}</Text>
      </div>
      <Select
        label={t('profile.language')}
        value={i18n.language}
        allowDeselect={false}
        data={languages.map((language) => ({ value: language, label: languageNames[language] }))}
        onChange={(language) => {
          if (!isLanguage(language)) return;
          void showIn(i18n, language);
          change.mutate({ language });
        }}
      />
      <Select
        label={t('profile.timeZone')}
        description={t('profile.timeZoneHint')}
        value={me.user.timeZone}
        searchable
        allowDeselect={false}
        limit={80}
        nothingFoundMessage={t('profile.noZone')}
        data={zones}
        onChange={(timeZone) => timeZone && change.mutate({ timeZone })}
      />
      {deviceZone !== me.user.timeZone && (
        <Anchor
          component="button"
          type="button"
          ta="start"
          underline="always"
          onClick={() => change.mutate({ timeZone: deviceZone })}
        >
          {t('profile.timeZoneSuggest', { zone: deviceZone.replaceAll('_', ' ') })}
        </Anchor>
      )}
      {change.error && <ProblemBox error={change.error} />}
      <Text role="status" c="dimmed">
        {change.isSuccess && t('app.saved')}
      </Text>
    </Stack>
  );
}

/** The zones of this browser, and always UTC and the person's own. */
function zoneNames(own: string): { value: string; label: string }[] {
  const names = new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')]);
  return [...names].sort().map((value) => ({ value, label: value.replaceAll('_', ' ') }));
}
