/** Every English word of the console in one file: its own and Cloudscape's. */
import cloudscape from '@cloudscape-design/components/i18n/messages/all.en-GB';
import { en } from './en.ts';

export const words = { table: en, cloudscape } as const;
