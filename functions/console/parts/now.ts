/** The API's clock: on one's own machine it may be turned, and a page must not contradict the plan it shows. */
import { useQueryClient } from '@tanstack/react-query';
import type { PulseAnswer } from '../../../shared/api/today.ts';

export function useNow(): string {
  const pulse = useQueryClient().getQueryData<PulseAnswer>(['pulse']);
  return pulse?.at ?? new Date().toISOString();
}
