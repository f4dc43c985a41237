import { Anchor, Button, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { ReviewItem } from '@daybook/contracts';
import type { useReview } from '../../api/review-queries';
import { useTranslation } from '../../i18n/use-translation';
import { usePerson } from '../../shell/person-context';
import { describeTime } from '../../time/formats';
import { useMeetingTitle } from '../meetings/meeting-words';
import classes from './review.module.css';

/** What lies ahead first; each can be opened while it is still there. */
export function VanishingItems({ review, label }: { review: ReturnType<typeof useReview>; label: string }) {
  const { t } = useTranslation();
  const items = review.data?.pages.flatMap((page) => page.items) ?? [];
  if (items.length === 0) return <Text c="dimmed">{t('review.none')}</Text>;
  return (
    <>
      <ul className={classes.items} aria-label={label}>
        {items.map((item) => (
          <Item key={item.id} item={item} />
        ))}
      </ul>
      {review.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          style={{ alignSelf: 'start' }}
          loading={review.isFetchingNextPage}
          onClick={() => void review.fetchNextPage()}
        >
          {t('review.more')}
        </Button>
      )}
    </>
  );
}

function Item({ item }: { item: ReviewItem }) {
  const { formats } = usePerson();
  const titleOf = useMeetingTitle();
  return (
    <li>
      <span className={classes.when}>{describeTime(item.start, formats)}</span>
      <Anchor
        component={Link}
        to={`/meetings/${encodeURIComponent(item.id)}`}
        className={classes.title}
        underline="always"
      >
        {titleOf(item)}
      </Anchor>
    </li>
  );
}
