/** The words of a digest, in English and Chinese. */
import type { AlertText } from './alert-text.ts';
import { type DigestFacts, sum, type WaitingAnswer } from './digest.ts';
import { oneLine } from './one-line.ts';
import type { DigestPeriod, Sender } from './sender.ts';
import type { TaskKind } from './task.ts';

export type DigestLanguage = NonNullable<Sender['language']>;

const WAITING_SHOWN_MAX = 10;

type Words = {
  readonly title: Readonly<Record<DigestPeriod, string>>;
  readonly planned: string;
  readonly due: string;
  readonly overdue: string;
  readonly waiting: string;
  readonly red: string;
  readonly sent: string;
  readonly bounced: string;
  readonly complained: string;
  readonly replies: string;
  readonly inADay: string;
  readonly listed: string;
  readonly undelivered: string;
  readonly more: (count: number) => string;
  readonly console: string;
  readonly nothing: string;
  readonly tasks: Readonly<Record<TaskKind, string>>;
  readonly intents: Readonly<Record<string, string>>;
};

const ENGLISH: Words = {
  title: { daily: 'Your day', weekly: 'Your week', monthly: 'Your month' },
  planned: 'Letters planned for today',
  due: 'To do today',
  overdue: 'Left over from earlier days',
  waiting: 'Waiting for your answer',
  red: 'for more than a day',
  sent: 'Letters sent',
  bounced: 'Bounced',
  complained: 'Called spam',
  replies: 'Answers from people',
  inADay: 'Acknowledged within 24 hours',
  listed: 'Mails of nobody known that look like spam or forgery (listed only)',
  undelivered: 'Alerts that a channel never took',
  more: (count) => `and ${count} more`,
  console: 'Everything',
  nothing: 'Nothing is planned, due or waiting.',
  tasks: {
    whatsapp: 'chat messages',
    call: 'calls',
    answer: 'answers',
    'check-date': 'dates to check',
    'find-another-way': 'other ways to find',
    decide: 'decisions',
    'confirm-opt-out': 'opt-outs to confirm',
    'new-address': 'new addresses',
    'next-step': 'agreed next steps',
    wake: 'people to write to again',
    'company-held': 'companies held',
    custom: 'other tasks',
  },
  intents: {
    interested: 'interested',
    asks: 'asking for something',
    later: 'later',
    'not-interested': 'not interested',
    'wrong-person': 'naming somebody else',
    other: 'other',
  },
};

const CHINESE: Words = {
  title: { daily: '今日计划', weekly: '每周总结', monthly: '每月总结' },
  planned: '今天计划发出的开发信',
  due: '今天要做',
  overdue: '前几天遗留',
  waiting: '等待您回复',
  red: '已超过一天',
  sent: '已发出的信',
  bounced: '退信',
  complained: '被标为垃圾邮件',
  replies: '客户回复',
  inADay: '24 小时内已处理',
  listed: '疑似垃圾或伪造的陌生邮件(仅列出)',
  undelivered: '渠道始终未接收的提醒',
  more: (count) => `另有 ${count} 位`,
  console: '查看全部',
  nothing: '没有计划、待办或等待回复的事项。',
  tasks: {
    whatsapp: '聊天消息',
    call: '电话',
    answer: '回复',
    'check-date': '核对日期',
    'find-another-way': '另寻联系方式',
    decide: '待决定',
    'confirm-opt-out': '确认退订',
    'new-address': '新邮箱',
    'next-step': '约定的下一步',
    wake: '再次联系',
    'company-held': '暂停的公司',
    custom: '其他任务',
  },
  intents: {
    interested: '有兴趣',
    asks: '询价或索样',
    later: '以后再说',
    'not-interested': '没有兴趣',
    'wrong-person': '推荐他人',
    other: '其他',
  },
};

const WORDS: Readonly<Record<DigestLanguage, Words>> = { en: ENGLISH, zh: CHINESE };

export function writeDigest(facts: DigestFacts, language: DigestLanguage, publicUrl: string): AlertText {
  const words = WORDS[language];
  const { period, from, to } = facts.span;
  const colon = language === 'zh' ? ':' : ': ';
  const line = (label: string, count: number, details = ''): string | undefined =>
    count > 0 ? `${label}${colon}${count}${details}` : undefined;
  const of = (counts: Readonly<Partial<Record<string, number>>>, names: Readonly<Record<string, string>>) =>
    listed(counts, names, language);
  const replies = sum(facts.replies);
  const isDaily = period === 'daily';
  const lines = [
    isDaily ? line(words.planned, facts.lettersPlanned) : line(words.sent, facts.sent),
    isDaily ? line(words.due, sum(facts.due), of(facts.due, words.tasks)) : undefined,
    line(words.overdue, facts.overdue),
    isDaily ? undefined : line(words.replies, replies, of(facts.replies, words.intents)),
    isDaily || replies === 0 ? undefined : `${words.inADay}${colon}${facts.answeredInADay}/${replies}`,
    line(words.bounced, isDaily ? 0 : facts.bounced),
    line(words.complained, isDaily ? 0 : facts.complained),
    ...waitingLines(facts.waiting, words, colon),
    line(words.listed, facts.listed),
    line(words.undelivered, facts.undelivered),
  ].filter((one) => one !== undefined);
  const days = from === to ? from : `${from} – ${to}`;
  const subject = `${words.title[period]} · ${days}`;
  const body = lines.length > 0 ? lines.join('\n') : words.nothing;
  const page = isDaily ? 'today' : 'campaigns';
  return { subject, text: `${subject}\n\n${body}\n\n${words.console}${colon}${publicUrl}/#/${page}\n` };
}

function listed(
  counts: Readonly<Partial<Record<string, number>>>,
  names: Readonly<Record<string, string>>,
  language: DigestLanguage,
): string {
  const parts = Object.entries(counts)
    .toSorted(([, a], [, b]) => (b ?? 0) - (a ?? 0))
    .map(([key, count]) =>
      language === 'zh' ? `${names[key] ?? key} ${count}` : `${count} ${names[key] ?? key}`,
    );
  if (parts.length === 0) return '';
  return language === 'zh' ? `(${parts.join(',')})` : ` (${parts.join(', ')})`;
}

function waitingLines(waiting: readonly WaitingAnswer[], words: Words, colon: string): readonly string[] {
  if (waiting.length === 0) return [];
  const shown = waiting.slice(0, WAITING_SHOWN_MAX).map(({ name, company, isRed }) => {
    const who = [oneLine(name, 50), company && oneLine(company, 40)].filter(Boolean).join(', ');
    return `- ${who}${isRed ? ` (${words.red})` : ''}`;
  });
  const rest = waiting.length - shown.length;
  return [
    `${words.waiting}${colon}${waiting.length}`,
    ...shown,
    ...(rest > 0 ? [`- ${words.more(rest)}`] : []),
  ];
}
