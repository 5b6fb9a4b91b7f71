/** The name of the hold under which a letter waits for a person's word; the step stands in it. */
const PREFIX = 'approval:';

export const approvalHoldId = (step: number): string => `${PREFIX}${step}`;

export const isApprovalHold = (holdId: string): boolean => holdId.startsWith(PREFIX);

/** A letter that the lint refused waits under this one, whatever the campaign says of approval. */
export const refusedHoldId = (step: number): string => `letter:${step}`;
