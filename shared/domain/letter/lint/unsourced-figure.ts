/**
 * The seeds' own follow-up claims "a YoY growth rate of 300%" and does not say whose. A figure about a market that the
 * reader cannot check costs the letter its credit (UWG §5 and Directive 2006/114/EC: misleading advertising, to
 * businesses as well). A product's own data, prices and discounts are the writer's to know.
 */
import { type LintRule, ownSections, type Section } from './rule.ts';

const FIGURE =
  /(?:\d[\d.,]{0,12}\s?(?:%|％|percent\b|per cent\b|prozent\b|por ciento\b|por cento\b|pour cent\b|per cento\b|процент|-?fold\b|times\b|倍|成))|(?:百分之[一二三四五六七八九十百零\d]{1,6})/iu;
const CLAIM =
  /\b(?:grow(?:s|n|th|ing)?|grew|yoy|year[- ]on[- ]year|cagr|market share|increas(?:e|es|ed|ing)|doubl(?:e|ed|es)|surg(?:e|ed|ing)|boom(?:s|ed|ing)?|demand|wachstum|wächst|gewachsen|zunahme|marktanteil|nachfrage|crec(?:e|ió|ido|imiento)|cuota de mercado|demanda|croissance|a augmenté|augmente|part de marché|cresceu|cresce|crescimento|quota de mercado|crescita|cresciut[oa]|quota di mercato)\b|增长|增長|增速|同比|市场份额|市場份額|需求/iu;
const SOURCE =
  /\b(?:according to|source|sources|reported by|reports? (?:of|by|from)|figures? (?:of|by|from)|published|statistics|survey|study|eurostat|statista|your (?:own )?(?:annual )?report|laut|nach angaben|quelle|según|fuente|selon|d['’]après|segundo|fonte|secondo)\b|https?:\/\/|根据|據|来源|來源|数据来自|统计局/iu;
const SENTENCE_END = /(?<=[.!?。！？])(?=\s)|(?<=[。！？])|\n/u;

export const unsourcedFigure: LintRule = {
  name: 'unsourced-figure',
  severity: 'warning',
  find: ({ letter }) => ownSections(letter).flatMap(figuresIn),
};

const figuresIn = ({ part, text }: Section) =>
  text
    .split(SENTENCE_END)
    .filter((sentence) => CLAIM.test(sentence) && !SOURCE.test(sentence))
    .flatMap((sentence) => {
      const words = FIGURE.exec(sentence)?.[0].trim();
      return words ? [{ part, words, fix: `Say where "${words}" comes from, or leave the figure out.` }] : [];
    });
