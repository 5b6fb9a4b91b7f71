/** Files that somebody asked for: where they stand until they are fetched. */
export const EXPORTS_PREFIX = 'exports/';
export const exportKey = (id: string, name: string): string => `${EXPORTS_PREFIX}${id}/${name}`;
