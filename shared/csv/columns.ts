/**
 * Which column is what: guessed from its header as HubSpot, Apollo, LinkedIn Sales Navigator, Outlook and Chinese sheets
 * word it, or told by the caller. Whatever has another name becomes a field of that name for the templates.
 */

/** `fields.NAME` is `{{ contact.NAME }}`; `letters.STEP.PART` a part of the contact's own letter; `-` is left out. */
export type ColumnField = string;
export type Column = { readonly header: string; readonly field: ColumnField };

const GUESSES: Readonly<Record<string, string>> = {
  address: `email|e-mail|mail|email address|e-mail address|mail address|work email|business email|contact email|primary email|
    company email|e-mail 1 - value|邮箱|电子邮箱|邮件|电子邮件|邮箱地址|邮件地址|email地址|郵箱|電子郵件`,
  firstName: 'first name|firstname|given name|forename|vorname|prénom|nombre|nome|名|名字',
  lastName:
    'last name|lastname|surname|family name|nachname|nom de famille|apellido|apellidos|sobrenome|姓|姓氏',
  name: 'name|full name|fullname|contact name|contact|person|display name|姓名|联系人|联系人姓名|客户姓名|聯絡人',
  title: `title|job title|jobtitle|position|role|current title|headline|functional title|职位|职务|头衔|岗位|職位`,
  company: `company|company name|company name for emails|organization|organisation|account|account name|firma|empresa|
    associated company|current company|公司|公司名称|公司名|企业|企业名称|单位|客户名称|公司名稱`,
  country: `country|country/region|country code|contact country|person country|land|país|pays|国家|国家/地区|国家地区|所在国家|國家`,
  region: `state|state/region|region|province|contact state|person state|bundesland|省|省份|州|地区|省/州`,
  city: 'city|town|contact city|person city|stadt|ciudad|ville|城市|市|所在城市',
  zone: 'time zone|timezone|zone|时区|時區',
  phones: `phone|phone number|telephone|tel|mobile|mobile phone|mobile phone number|work phone|work direct phone|direct phone|
    corporate phone|home phone|other phone|cell|cell phone|whatsapp|phone 1 - value|电话|电话号码|手机|手机号|手机号码|联系电话|座机|電話|手機`,
  language: 'language|preferred language|contact language|sprache|语言|語言',
  grade: 'grade|tier|class|等级|级别|客户等级|客户级别|等級',
  source: 'source|lead source|original source|origin|来源|客户来源|渠道|來源',
  lawfulBasis: 'lawful basis|legal basis|legal basis for processing contact’s data|consent|合法依据|法律依据',
};

/** Of exports: bookkeeping of the system that they come from, useless in a letter. */
const NOISE = new Set(
  `record id|contact id|id|create date|created at|created date|last activity date|last modified date|lifecycle stage|lead status|
    contact owner|account owner|email status|email confidence|email bounced|email open|email sent|replied|demoed|stage|lists|
    last contacted|email unsubscribe|primary email last verified at|primary email source|email catch-all status|apollo contact id|
    apollo account id|connected on|url|member since|序号|编号|row|#`
    .split('|')
    .map((one) => one.trim()),
);

/** What our own report of bad rows adds; it comes back with the mended rows. */
export const REPORT_COLUMNS = ['row in file', 'column', 'what is wrong', 'how to mend it'] as const;

const PARTS = ['subject', 'who', 'why', 'how', 'contact', 'body'] as const;
const HEADER_CHARS_MAX = 200;

const byHeader = new Map(
  Object.entries(GUESSES).flatMap(([field, words]) =>
    words.split('|').map((word) => [word.trim().replace(/\s+/g, ' '), field] as const),
  ),
);

/**
 * One answer for each header. `mapping` overrides by header. `hasOwnLetters`: the first letter has four parts, so columns
 * named like them are each contact's own; else they are fields, such as the `{{ contact.why }}` of a template.
 */
export function guessColumns(
  header: readonly string[],
  options: { readonly mapping?: Readonly<Record<string, string>>; readonly hasOwnLetters?: boolean } = {},
): readonly Column[] {
  const { mapping = {}, hasOwnLetters = false } = options;
  const given = new Map(Object.entries(mapping).map(([name, field]) => [folded(name), field]));
  const taken = new Set(given.values());
  return header.map((name) => {
    const told = given.get(folded(name));
    if (told !== undefined) return { header: name, field: told };
    const field = guess(folded(name), name, hasOwnLetters);
    // Two columns of one name: the first is it. Telephone numbers are collected.
    if (field !== 'phones' && field !== '-' && taken.has(field)) return { header: name, field: '-' };
    taken.add(field);
    return { header: name, field };
  });
}

function guess(word: string, header: string, hasOwnLetters: boolean): ColumnField {
  if (word === '' || header.length > HEADER_CHARS_MAX || NOISE.has(word)) return '-';
  if (REPORT_COLUMNS.some((one) => `relance ${one}` === word)) return '-';
  const part = PARTS.find((one) => one === word);
  // "contact" is a person's name in most sheets, and a part of the letter only where letters are written in columns.
  if (part && (hasOwnLetters || part !== 'contact'))
    return hasOwnLetters ? `letters.0.${part}` : `fields.${part}`;
  const known = byHeader.get(word) ?? byHeader.get(word.replace(/^(?:contact|person|lead)'?s? /, ''));
  if (known) return known;
  const name = fieldName(header);
  return name ? `fields.${name}` : '-';
}

/** Case, underscores, a trailing star or colon and the words in brackets tell nobody anything. */
const folded = (header: string): string =>
  header
    .slice(0, HEADER_CHARS_MAX + 1)
    .toLowerCase()
    .replace(/[（(][^）)]{0,60}[）)]/gu, ' ')
    .replace(/[_*:：]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();

/** "Monthly volume (t)" → `monthlyVolumeT`; `undefined` where no Latin letter begins it. */
function fieldName(header: string): string | undefined {
  const words = header.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const name = words
    .map((word, at) => {
      const isShouted = word === word.toUpperCase() && word.length > 1;
      const rest = isShouted ? word.slice(1).toLowerCase() : word.slice(1);
      return (at === 0 ? (word[0] ?? '').toLowerCase() : (word[0] ?? '').toUpperCase()) + rest;
    })
    .join('')
    .slice(0, 40);
  return /^[A-Za-z]/.test(name) ? name : undefined;
}
