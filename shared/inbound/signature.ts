/** Who signs: the title, what it allows him to decide, and the company. From the lines below the closing words. */
import type { Lexicon } from './lexicon/lexicon.ts';
import { wantsOf, wordsOf } from './lexicon/phrase-lists.ts';
import type { MailAddress } from './parsed-mail.ts';
import { findEarly, fold, hasAny } from './phrases.ts';
import type { Evidence, Finding, Signature } from './reading.ts';

const LINES_MAX = 12;
const LINE_CHARS_MAX = 90;
const TITLE_CHARS_MAX = 60;
/** Without closing words, the last few lines may be a signature. */
const LAST_LINES = 6;

/** An assistant to the owner decides nothing; a purchasing director buys. */
const AUTHORITIES = ['assistant', 'owner', 'buyer', 'director'] as const;

const LEGAL_FORM =
  /(?:^|[\s,&])(?:gmbh|ag|kg|ohg|e\.k\.|mbh|ltd|limited|llc|inc|corp|plc|pty|co\.|s\.?a\.?|sas|sarl|s\.?l\.?|s\.?r\.?l|s\.?p\.?a|lda|ltda|b\.?v|n\.?v|ab|as|oy|a\/s|sp\. z o\.o|s\.a\. de c\.v|a\.ş|ltd\. şti|ооо|оао|зао|ао|pvt|fze|fzco|wll|sdn|bhd|tnhh|jsc|kft)(?=$|[\s,.)])|有限公司|股份公司|集团|集團|株式会社|有限会社|合同会社|주식회사|\(주\)|شركة|مؤسسة|công ty/u;

type Place = { readonly lines: readonly string[]; readonly isSignature: boolean };

/** The lines below the last closing words, or the last ones. */
const linesOf = (text: string, signature: string, lexicons: readonly Lexicon[]): Place => {
  const closings = wordsOf(lexicons, 'closing');
  const lines = text.split('\n');
  const isClosing = (line: string): boolean =>
    line.length <= 40 && findEarly(fold(line).trim(), closings, 0) !== undefined;
  const closed = lines.findLastIndex(isClosing);
  const tail = closed >= 0 ? lines.slice(closed + 1) : lines.slice(Math.max(1, lines.length - LAST_LINES));
  const all = [...tail.slice(0, LINES_MAX), ...signature.split('\n').slice(0, LINES_MAX)];
  return {
    lines: all.map((line) => line.trim()).filter((line) => line !== '' && line.length <= LINE_CHARS_MAX),
    isSignature: closed >= 0 || signature !== '',
  };
};

const isSentence = (line: string): boolean =>
  /[.!?。！？]$/.test(line) && !/\b(?:co|ltd|inc|şti|corp)\.$/i.test(line);

const partsOf = (line: string): readonly string[] =>
  line
    .split(/\s?[|·•｜／]\s?|\s[-–—]\s|,\s/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** "naniwa-precision" for m.tanaka@naniwa-precision.example; free mail hosts name no company. */
const FREE_HOSTS =
  /^(?:gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|icloud|me|mac|aol|gmx|web|t-online|freenet|qq|163|126|sina|foxmail|naver|daum|hanmail|mail|yandex|rambler|bk|inbox|wp|o2|onet|interia|libero|orange|free|laposte|wanadoo|uol|bol|terra|proton|protonmail|zoho)$/;

const domainName = (from: MailAddress | undefined): string => {
  const labels = from?.address.split('@')[1]?.toLowerCase().split('.') ?? [];
  const name =
    labels.length > 2 && /^(?:com|co|org|net|gov|edu)$/.test(labels.at(-2) ?? '')
      ? labels.at(-3)
      : labels.at(-2);
  return name && !FREE_HOSTS.test(name) && name.length >= 4 ? name.replaceAll('-', '') : '';
};

const plainLetters = (text: string): string =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z\d]/g, '');

/** `from` is the writer: a line that is the name of his mail domain is his company's. */
export const findSignature = (
  text: string,
  signature: string,
  lexicons: readonly Lexicon[],
  from: MailAddress | undefined,
): Finding<Signature> | undefined => {
  const { lines, isSignature } = linesOf(text, signature, lexicons);
  const domain = domainName(from);
  const parts = lines.filter((line) => !isSentence(line)).flatMap(partsOf);
  const authorityOf = (part: string): Signature['authority'] => {
    const folded = fold(part);
    return AUTHORITIES.find((name) => hasAny(folded, wantsOf(lexicons, name)));
  };
  const isCompany = (part: string): boolean =>
    LEGAL_FORM.test(fold(part)) ||
    (domain !== '' && plainLetters(part).includes(domain) && !/[@/]|www\./.test(part));
  const company = parts.find(isCompany);
  const title = parts.find(
    (part) => part !== company && part.length <= TITLE_CHARS_MAX && !/[\d@]/.test(part) && authorityOf(part),
  );
  if (!title && !company) return undefined;
  const authority = title ? authorityOf(title) : undefined;
  const evidence: readonly Evidence[] = [title, company].flatMap((words): Evidence[] =>
    words ? [{ from: 'signature', words }] : [],
  );
  return {
    value: {
      ...(title ? { title } : {}),
      ...(authority ? { authority } : {}),
      ...(company ? { company } : {}),
    },
    evidence,
    confidence: isSignature ? 0.8 : 0.5,
  };
};
