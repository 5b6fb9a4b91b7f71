/**
 * Practice 002: "切记急躁", with a stranger never hurry or press; "do not press those who do not" answer. Words that put
 * a stranger under pressure, by language; each phrase is one that no patient letter needs.
 */
import { type LintRule, matchesIn, withSubject } from './rule.ts';

const PHRASES: readonly string[] = [
  // English
  'as soon as possible',
  'asap',
  'urgent(?:ly)?',
  'immediate(?:ly)? (?:reply|answer|response|attention|order)',
  '(?:reply|answer|respond|order|act|call|decide|confirm)(?: to me)? (?:now|immediately|today|at once)',
  '(?:last|final) (?:chance|call|offer|reminder|notice|opportunity)',
  'limited[ -](?:time|offer)',
  'only (?:today|this week|until)',
  "(?:do not|don['’]t) (?:miss|hesitate too long|wait)",
  'hurry(?: up)?',
  'you (?:must|have to) (?:answer|reply|decide|order|buy|act)',
  "why (?:have(?: you not|n['’]t you)|did(?: you not|n['’]t you)|don['’]t you|do you not) (?:answer|answered|reply|replied|respond|responded)",
  "before it(?: is|['’]s) too late",
  'offer (?:ends|expires)',
  'once[ -]in[ -]a[ -]lifetime',
  "(?:i am|we are|i['’]m) still waiting for your",
  // Deutsch
  'so schnell wie möglich',
  'schnellstmöglich',
  'umgehend(?:e|en)?',
  'dringend(?:e|er|en)?',
  'letzte (?:chance|gelegenheit|erinnerung|mahnung)',
  'nur (?:heute|noch heute|diese woche)',
  'sofort (?:antworten|bestellen|zugreifen)',
  'warum (?:haben sie|antworten sie) (?:noch )?nicht',
  // Español, português
  'lo antes posible',
  'cuanto antes',
  'urgente(?:mente)?',
  'última (?:oportunidad|chance)',
  '(?:solo|sólo|só|somente) (?:hoy|hoje|esta semana)',
  'no (?:pierda|deje pasar)',
  'o mais (?:rápido|rapidamente|breve) possível',
  'não perca',
  // Français, italiano
  'le plus (?:vite|rapidement) possible',
  'dans les plus brefs délais',
  'dernière (?:chance|occasion|relance)',
  'ne (?:manquez|ratez) pas',
  'dépêchez-vous',
  'il prima possibile',
  'ultima (?:occasione|possibilità)',
  'non (?:perda|perdete|si perda)',
];

const LETTERS = new RegExp(`(?<![\\p{L}\\p{N}])(?:${PHRASES.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
const HAN =
  /尽快(?:回复|答复|下单|决定)?|盡快(?:回覆|答覆)?|立即(?:回复|下单|行动)|马上(?:回复|下单)|最后(?:机会|一次机会|通知)|最後機會|限时|限時|仅限今天|今天之内|千万不要错过|不要错过|为什么(?:还)?不回复|速回|急需|紧急|緊急/gu;

export const hurry: LintRule = {
  name: 'hurry',
  severity: 'warning',
  find: ({ letter }) =>
    [LETTERS, HAN].flatMap((pattern) =>
      matchesIn(withSubject(letter), pattern).map(({ part, words }) => ({
        part,
        words,
        fix: `"${words}" presses a stranger: leave them their time.`,
      })),
    ),
};
