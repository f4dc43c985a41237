import { Stepper, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useTranslation } from '../../i18n/use-translation';
import { Icon } from '../../shell/icon';
import classes from './flow.module.css';

interface FlowProps {
  readonly active: number;
  /** The third step is a form of ours, and not at the provider. */
  readonly byForm?: boolean;
  readonly onStep?: (step: number) => void;
}

/** Service, permissions, provider, done: where one is. Steps already done can be gone back to. */
export function FlowSteps({ active, byForm = false, onStep }: FlowProps) {
  const { t } = useTranslation();
  const narrow = useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false });
  const steps = [t('flow.service'), t('flow.permissions'), t(byForm ? 'flow.signIn' : 'flow.provider'), t('flow.done')];
  return (
    <>
      <Stepper
        active={active}
        size={narrow ? 'xs' : 'sm'}
        iconSize={28}
        onStepClick={onStep}
        completedIcon={<Icon name="check" size={16} />}
        classNames={{ stepBody: classes.stepBody, separator: classes.separator }}
        aria-label={t('flow.steps')}
      >
        {steps.map((label, index) => (
          <Stepper.Step
            key={label}
            label={label}
            allowStepSelect={onStep !== undefined && index < active}
            aria-current={index === active ? 'step' : undefined}
          />
        ))}
      </Stepper>
      {narrow && (
        <Text c="dimmed" aria-hidden="true">
          {t('flow.step', {
            step: Math.min(active + 1, steps.length),
            of: steps.length,
            name: steps[Math.min(active, steps.length - 1)],
          })}
        </Text>
      )}
    </>
  );
}
