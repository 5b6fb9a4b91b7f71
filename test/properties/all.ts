// Every property by its room; the suite runs a thousand cases of each, `npm run properties` as many as asked.
import { CALENDAR_PROPERTIES, type Property } from './calendar-properties.ts';
import { LETTER_PROPERTIES } from './letter-properties.ts';

export const PROPERTIES: readonly Property[] = [...CALENDAR_PROPERTIES, ...LETTER_PROPERTIES];
