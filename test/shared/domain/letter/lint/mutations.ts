/** Mistakes as people make them, each put into an honest letter; `undefined` where a letter offers no place for it. */
import type { FirstPart } from '../../../../../shared/domain/letter/finding.ts';
import type { HonestLetter } from './honest-letters.ts';

export type Mistake = {
  readonly name: string;
  /** The rule that is meant for it. */
  readonly rule: string;
  readonly make: (letter: HonestLetter) => HonestLetter | undefined;
};

const inPart =
  (part: FirstPart, change: (text: string) => string) =>
  (letter: HonestLetter): HonestLetter | undefined => {
    const text = change(letter.parts[part]);
    return text === letter.parts[part] ? undefined : { ...letter, parts: { ...letter.parts, [part]: text } };
  };
const also = (part: FirstPart, words: string) => inPart(part, (text) => `${text} ${words}`);
const only =
  (language: string, make: Mistake['make']): Mistake['make'] =>
  (letter) =>
    letter.language.startsWith(language) ? make(letter) : undefined;
const subject = (change: (text: string) => string) => (letter: HonestLetter) => ({
  ...letter,
  subject: change(letter.subject),
});
const greet = (line: string): Mistake['make'] => inPart('who', (text) => text.replace(/^.*\n/u, `${line}\n`));
/** The first word that is really there; a letter without it is left alone. */
const swap = (part: FirstPart, from: RegExp, to: string) => inPart(part, (text) => text.replace(from, to));

export const MISTAKES: readonly Mistake[] = [
  { name: '[Name]', rule: 'placeholder', make: also('who', 'Dear [Name],') },
  { name: '[公司名]', rule: 'placeholder', make: also('why', '[公司名]') },
  { name: '{{ contact.x }}', rule: 'placeholder', make: also('why', '{{ contact.why }}') },
  { name: 'TBD', rule: 'placeholder', make: also('how', 'Price: TBD.') },
  { name: 'XXX', rule: 'placeholder', make: also('how', 'We offer XXX pieces.') },
  { name: '%COMPANY%', rule: 'placeholder', make: subject((text) => `${text} %COMPANY%`) },
  { name: '<name>', rule: 'placeholder', make: also('who', '<first name>') },
  { name: 'blank to fill', rule: 'placeholder', make: also('how', '______') },
  { name: 'an empty who', rule: 'missing-part', make: inPart('who', () => '') },
  { name: 'an empty why', rule: 'missing-part', make: inPart('why', () => ' \n') },
  { name: 'an empty how', rule: 'missing-part', make: inPart('how', () => '') },
  { name: 'an empty contact', rule: 'missing-part', make: inPart('contact', () => '') },
  { name: 'no subject', rule: 'empty-subject', make: subject(() => ' ') },
  { name: 'an endless subject', rule: 'too-long', make: subject((text) => text.padEnd(300, ' and more')) },
  { name: 'a long subject', rule: 'length', make: subject((text) => text.padEnd(120, ' and more')) },
  { name: 'Dear Mr Schmidt', rule: 'greets-someone-else', make: only('en', greet('Dear Mr Schmidt,')) },
  { name: 'Hi Bob', rule: 'greets-someone-else', make: only('en', greet('Hi Bob,')) },
  {
    name: 'Sehr geehrter Herr Schmidt',
    rule: 'greets-someone-else',
    make: only('de', greet('Sehr geehrter Herr Schmidt,')),
  },
  {
    name: 'Bonjour Monsieur Dupont',
    rule: 'greets-someone-else',
    make: only('fr', greet('Bonjour Monsieur Dupont,')),
  },
  {
    name: 'Estimado señor García',
    rule: 'greets-someone-else',
    make: only('es', greet('Estimado señor García:')),
  },
  { name: '尊敬的李先生', rule: 'greets-someone-else', make: only('zh', greet('尊敬的李先生：')) },
  { name: 'Dear ,', rule: 'hole', make: only('en', greet('Dear ,')) },
  { name: 'Dear undefined', rule: 'hole', make: only('en', greet('Dear undefined,')) },
  { name: '尊敬的：', rule: 'hole', make: only('zh', greet('尊敬的：')) },
  { name: 'recieve', rule: 'spelling', make: only('en', also('how', 'You will recieve a sample.')) },
  { name: 'bussiness', rule: 'spelling', make: only('en', also('how', 'It is good for your bussiness.')) },
  { name: 'definately', rule: 'spelling', make: only('en', also('why', 'We definately like it.')) },
  { name: 'cooperaton', rule: 'spelling', make: only('en', also('how', 'Our cooperaton would help.')) },
  {
    name: 'a letter left out',
    rule: 'spelling',
    make: only('en', swap('how', /\b(?:would|with|will)\b/u, 'whith')),
  },
  {
    name: 'oportunidad mal escrita',
    rule: 'spelling',
    make: only('es', also('how', 'Es una buena oprtunidad.')),
  },
  { name: 'l for I', rule: 'lower-case-i', make: only('en', also('how', 'Hopefully l can call you.')) },
  { name: "l'm for I'm", rule: 'lower-case-i', make: only('en', also('how', 'Now l’m sure.')) },
  { name: 'i for I', rule: 'lower-case-i', make: only('en', also('how', 'Then i will call you.')) },
  {
    name: 'your company are',
    rule: 'agreement',
    make: only('en', also('why', 'We believe your company are interested.')),
  },
  {
    name: 'informations',
    rule: 'agreement',
    make: only('en', also('contact', 'More informations are there.')),
  },
  {
    name: 'looking forward to hear',
    rule: 'agreement',
    make: only('en', also('contact', 'I am looking forward to hear from you.')),
  },
  { name: 'we was', rule: 'agreement', make: only('en', also('who', 'At the fair we was busy.')) },
  { name: 'a offer', rule: 'a-or-an', make: only('en', also('how', 'We send a offer.')) },
  { name: 'an company', rule: 'a-or-an', make: only('en', also('who', 'We are an company.')) },
  { name: 'the the', rule: 'repeated-word', make: only('en', swap('why', /\byour\b/iu, 'your your')) },
  { name: 'de de', rule: 'repeated-word', make: only('es', swap('how', /\bde\b/u, 'de de')) },
  { name: 'und und', rule: 'repeated-word', make: only('de', also('how', 'Hier und und dort.')) },
  { name: 'shouting', rule: 'shouting', make: also('how', 'BEST PRICE GUARANTEED.') },
  { name: 'a shouted subject', rule: 'shouting', make: subject(() => 'SPECIAL OFFER FROM CHINA') },
  { name: '!!!', rule: 'repeated-punctuation', make: also('how', 'Great!!!') },
  { name: '??', rule: 'repeated-punctuation', make: also('contact', 'OK??') },
  { name: '。。。', rule: 'repeated-punctuation', make: only('zh', also('contact', '期待。。。')) },
  { name: 'four exclamations', rule: 'repeated-punctuation', make: also('how', 'A! B! C! D!') },
  {
    name: 'as soon as possible',
    rule: 'hurry',
    make: only('en', also('contact', 'Please answer as soon as possible.')),
  },
  { name: 'last chance', rule: 'hurry', make: only('en', also('how', 'It is your last chance.')) },
  {
    name: 'why have you not replied',
    rule: 'hurry',
    make: only('en', also('why', 'Why have you not replied?')),
  },
  { name: 'umgehend', rule: 'hurry', make: only('de', also('contact', 'Bitte antworten Sie umgehend.')) },
  { name: '请尽快回复', rule: 'hurry', make: only('zh', also('contact', '请尽快回复。')) },
  {
    name: 'lo antes posible',
    rule: 'hurry',
    make: only('es', also('contact', 'Responda lo antes posible.')),
  },
  {
    name: 'YoY 300%',
    rule: 'unsourced-figure',
    make: also('why', 'The category is growing at a YoY growth rate of 300%.'),
  },
  { name: '增长30%', rule: 'unsourced-figure', make: only('zh', also('why', '这个品类同比增长30%。')) },
  {
    name: 'Marktanteil',
    rule: 'unsourced-figure',
    make: only('de', also('why', 'Ihr Marktanteil steigt um 20 %.')),
  },
  {
    name: 'http link',
    rule: 'http-link',
    make: inPart('contact', (text) => text.replace('https:', 'http:')),
  },
  {
    name: 'a lecture',
    rule: 'length',
    make: only('en', also('how', 'We have a further point to make about it. '.repeat(40))),
  },
  {
    name: 'an endless sentence',
    rule: 'length',
    make: only('en', also('how', `We offer ${'a sample and a spare part and '.repeat(9)}more.`)),
  },
];
