/** Mail addresses in running text, found from their `@`: a pattern that tries every word would look at each 64 times. */

export type AddressFound = { readonly start: number; readonly end: number; readonly address: string };

/** RFC 5321 §4.5.3.1.1. */
const LOCAL_MAX = 64;
const LOCAL = /[\p{L}\d._%+'-]/u;
const DOMAIN = /@[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63}){1,5}/uy;

/** In the order of the text; `address` in lower case. */
export const addressesIn = (text: string): readonly AddressFound[] => {
  const found: AddressFound[] = [];
  let from = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let start = at;
    while (start > from && at - start < LOCAL_MAX && LOCAL.test(text[start - 1] as string)) start--;
    DOMAIN.lastIndex = at;
    const domain = start === at ? undefined : DOMAIN.exec(text)?.[0];
    if (domain === undefined) continue;
    const end = at + domain.length;
    found.push({ start, end, address: text.slice(start, end).toLowerCase() });
    from = end;
  }
  return found;
};
