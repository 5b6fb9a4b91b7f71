// What a digest says, in English and Chinese: the plan of a day, and the summaries of week and month.
import { describe, expect, it } from 'vitest';
import { type DigestFacts, spanOf } from '../../../shared/domain/digest.ts';
import { writeDigest } from '../../../shared/domain/digest-text.ts';
import type { Instant } from '../../../shared/domain/instant.ts';
import type { DigestPeriod } from '../../../shared/domain/sender.ts';

const URL = 'https://relance.example';
const since = '2026-11-20T09:00:00.000Z' as Instant;
const facts = (period: DigestPeriod, over: Partial<DigestFacts> = {}): DigestFacts => ({
  span: spanOf(period, '2026-11-23'),
  senderName: 'Lin Wei',
  lettersPlanned: 12,
  sent: 40,
  bounced: 2,
  complained: 1,
  due: { call: 3, whatsapp: 1 },
  overdue: 2,
  waiting: [{ name: 'Ana Silva', company: 'Acme', since, isRed: true }],
  replies: { interested: 2, later: 1 },
  answered: 2,
  answeredInADay: 1,
  listed: 4,
  undelivered: 1,
  ...over,
});
const NOTHING = {
  ...{ lettersPlanned: 0, sent: 0, bounced: 0, complained: 0, due: {}, overdue: 0, waiting: [], replies: {} },
  ...{ answered: 0, answeredInADay: 0, listed: 0, undelivered: 0 },
};

const TEXTS: readonly (readonly ['en' | 'zh', DigestPeriod, string])[] = [
  [
    'en',
    'daily',
    `Your day · 2026-11-23

Letters planned for today: 12
To do today: 4 (3 calls, 1 chat messages)
Left over from earlier days: 2
Waiting for your answer: 1
- Ana Silva, Acme (for more than a day)
Mails of nobody known that look like spam or forgery (listed only): 4
Alerts that a channel never took: 1

Everything: https://relance.example/#/today
`,
  ],
  [
    'en',
    'weekly',
    `Your week · 2026-11-16 – 2026-11-22

Letters sent: 40
Left over from earlier days: 2
Answers from people: 3 (2 interested, 1 later)
Acknowledged within 24 hours: 1/3
Bounced: 2
Called spam: 1
Waiting for your answer: 1
- Ana Silva, Acme (for more than a day)
Mails of nobody known that look like spam or forgery (listed only): 4
Alerts that a channel never took: 1

Everything: https://relance.example/#/campaigns
`,
  ],
  [
    'zh',
    'daily',
    `今日计划 · 2026-11-23

今天计划发出的开发信:12
今天要做:4(电话 3,聊天消息 1)
前几天遗留:2
等待您回复:1
- Ana Silva, Acme (已超过一天)
疑似垃圾或伪造的陌生邮件(仅列出):4
渠道始终未接收的提醒:1

查看全部:https://relance.example/#/today
`,
  ],
  [
    'zh',
    'monthly',
    `每月总结 · 2026-10-01 – 2026-10-31

已发出的信:40
前几天遗留:2
客户回复:3(有兴趣 2,以后再说 1)
24 小时内已处理:1/3
退信:2
被标为垃圾邮件:1
等待您回复:1
- Ana Silva, Acme (已超过一天)
疑似垃圾或伪造的陌生邮件(仅列出):4
渠道始终未接收的提醒:1

查看全部:https://relance.example/#/campaigns
`,
  ],
];

describe('a digest', () => {
  it.each(TEXTS)('in %s, %s, says what it counts and nothing else', (language, period, text) => {
    expect(writeDigest(facts(period), language, URL).text).toBe(text);
  });

  it.each([
    ['en', 'weekly', 'Your week'],
    ['en', 'monthly', 'Your month'],
    ['zh', 'weekly', '每周总结'],
  ] as const)('in %s, %s, is called by its name', (language, period, title) => {
    expect(writeDigest(facts(period), language, URL).subject).toMatch(new RegExp(`^${title} · `));
  });

  it('of nothing says so, in both languages', () => {
    expect(writeDigest(facts('daily', NOTHING), 'en', URL).text).toContain(
      'Nothing is planned, due or waiting.',
    );
    expect(writeDigest(facts('weekly', NOTHING), 'zh', URL).text).toContain(
      '没有计划、待办或等待回复的事项。',
    );
  });

  it('names ten people who wait, and how many more, each in one line', () => {
    const waiting = Array.from({ length: 13 }, (_, n) => ({ name: `Person\n${n}`, since, isRed: false }));
    const lines = writeDigest(facts('daily', { waiting }), 'en', URL).text.split('\n');
    expect(lines.filter((line) => line.startsWith('- '))).toHaveLength(11);
    expect(lines).toContain('- and 3 more');
    expect(lines).toContain('- Person 0');
  });
});
