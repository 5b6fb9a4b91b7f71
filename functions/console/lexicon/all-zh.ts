/** Every Chinese word of the console in one file: its own and Cloudscape's. */
import cloudscape from '@cloudscape-design/components/i18n/messages/all.zh-CN';
import { zh } from './zh.ts';

export const words = { table: zh, cloudscape } as const;
