/** What Relance tells other systems by signed POST: each kind of payload, for the `webhooks` section of the OpenAPI document. */
import type { z } from 'zod';

export type WebhookDeclaration = {
  readonly summary: string;
  readonly description?: string;
  readonly payload: z.ZodType;
  readonly example: unknown;
};

/** By kind. */
export const WEBHOOKS: Readonly<Record<string, WebhookDeclaration>> = {};
