import { useTranslation } from '../../i18n/use-translation';
import type { Connection, Part } from '@daybook/contracts';
import { useServices } from '../../api/people-queries';
import { useFreshnessSentence } from '../../states/freshness-note';
import { toneOf } from './connection-tone';
import classes from './profile.module.css';

/** Health, freshness and granted permission of each part that this deployment can do anything with. */
export function ConnectionParts({ connection, label }: { connection: Connection; label: string }) {
  const services = useServices();
  const offered = services.data?.items.find((item) => item.service === connection.service)?.permissions ?? [];
  const parts = (['calendar', 'contacts'] as const).filter(
    (part) => connection[part].state !== 'off' || offered.some((choice) => choice.part === part),
  );
  return (
    <dl className={classes.parts}>
      {parts.map((part) => (
        <PartFacts key={part} part={part} connection={connection} label={label} />
      ))}
    </dl>
  );
}

function PartFacts({ part, connection, label }: { part: Part; connection: Connection; label: string }) {
  const { t } = useTranslation();
  const sentence = useFreshnessSentence();
  const { state, freshness } = connection[part];
  return (
    <div>
      <dt>{t(`connection.${part}`)}</dt>
      <dd>
        <span
          className={classes.dot}
          data-tone={toneOf(state)}
          aria-hidden="true"
          style={{ display: 'inline-block', marginInlineEnd: 8 }}
        />
        {t(`connection.states.${state}`)}
        {state !== 'off' && (
          <>
            {' · '}
            {t('connection.granted')}: {t(`permission.granted.${connection.permissions.granted[part]}`)}
          </>
        )}
        {freshness.sources.map((source) => (
          <div key={source.connectionId} className={classes.dim}>
            {sentence(source, label)}
          </div>
        ))}
      </dd>
    </div>
  );
}
