import { Radio, Stack } from '@mantine/core';
import { useTranslation } from '../../i18n/use-translation';
import type { Scope } from '@daybook/contracts';

const scopes: readonly Scope[] = ['this', 'following', 'all'];

export const isScope = (value: unknown): value is Scope => scopes.some((scope) => scope === value);

interface ScopeChoiceProps {
  readonly label: string;
  readonly value: Scope;
  readonly onChange: (scope: Scope) => void;
}

/** How much of a series is meant. */
export function ScopeChoice({ label, value, onChange }: ScopeChoiceProps) {
  const { t } = useTranslation();
  return (
    <Radio.Group label={label} value={value} onChange={(chosen) => isScope(chosen) && onChange(chosen)}>
      <Stack gap="sm" mt="xs">
        {scopes.map((scope) => (
          <Radio key={scope} value={scope} label={t(`scope.${scope}`)} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
