/** At most two lines, then an ellipsis. Plain CSS: utilities for it would weigh in the one style sheet of all pages. */
export const TWO_LINES = {
  display: '-webkit-box',
  WebkitBoxOrient: 'vertical',
  WebkitLineClamp: 2,
  overflow: 'hidden',
} as const;
