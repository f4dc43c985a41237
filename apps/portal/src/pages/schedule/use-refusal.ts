import { useEffect, useEffectEvent, useMemo } from 'react';
import { ApiProblem } from '../../api/api-problem';
import { placeFaults } from './faults';
import type { DraftForm } from './use-draft';

/** Puts a refusal's complaints at their fields. What is left of it is for the box above the buttons. */
export function useRefusal(error: unknown, form: DraftForm): unknown {
  const place = useEffectEvent((refused: ApiProblem) => {
    const { faults } = placeFaults(refused.problem, form.draft);
    if (Object.keys(faults).length > 0) form.complain(faults);
  });
  useEffect(() => {
    if (error instanceof ApiProblem) place(error);
  }, [error]);
  return useMemo(
    () => (error instanceof ApiProblem ? new ApiProblem({ ...error.problem, fields: leftOf(error) }) : error),
    [error],
  );
}

const nothing = { attendees: [] };
const leftOf = ({ problem }: ApiProblem) => placeFaults(problem, nothing).rest.fields;
