/**
 * What SES tells us about letters, as the configuration set names it: the stack subscribes to these, the embedded SES
 * publishes no others. Of each claim one comes back by its tags. Deliveries and opens would cost more than they tell.
 */
export const PUBLISHED_EVENTS = ['send', 'reject', 'bounce', 'complaint', 'deliveryDelay'] as const;

/** SES writes the same names with a capital into its events. */
export const isPublished = (eventType: string): boolean =>
  PUBLISHED_EVENTS.some((name) => name.toLowerCase() === eventType.toLowerCase());
