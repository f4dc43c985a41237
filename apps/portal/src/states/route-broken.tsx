import { Container, VisuallyHidden } from '@mantine/core';
import { useRouteError } from 'react-router';
import { ProblemBox } from './problem-box';

/** A page that could not be loaded or drawn: reloading fetches the present release. */
export function RouteBroken() {
  const error = useRouteError();
  return (
    <Container size="sm" py="xl" component="main">
      <VisuallyHidden component="h1">Daybook</VisuallyHidden>
      <ProblemBox error={error} onRetry={() => window.location.reload()} />
    </Container>
  );
}
