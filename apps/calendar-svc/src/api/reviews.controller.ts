import { Controller, Inject } from '@nestjs/common';
import { calendarRemovalsUndo, calendarReviewAnswer, calendarReviewGet, type ParsedInputOf } from '@daybook/contracts';
import { Handles } from '@daybook/platform/nats';
import { READING, type Reading } from '../app-tokens';
import { answerReview, getReview, undoRemovals } from '../use-cases/reviews';

/** What people ask about runs that are held, and what they say to them. */
@Controller()
export class ReviewsController {
  constructor(@Inject(READING) private readonly around: Reading) {}

  @Handles(calendarReviewGet)
  async get({ caller, ...request }: ParsedInputOf<typeof calendarReviewGet>) {
    return getReview(caller, request, this.around);
  }

  @Handles(calendarReviewAnswer)
  async answer({ caller, ...request }: ParsedInputOf<typeof calendarReviewAnswer>) {
    const calendar = await answerReview(caller, request, this.around);
    this.around.changed(calendar.userId);
    return {};
  }

  @Handles(calendarRemovalsUndo)
  async undo({ caller, ...request }: ParsedInputOf<typeof calendarRemovalsUndo>) {
    return undoRemovals(caller, request, this.around);
  }
}
