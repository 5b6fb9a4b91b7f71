import { expect, it } from 'vitest';
import { type Reason, wordBecause } from '../../../shared/domain/because.ts';

const CASES: readonly (readonly [reason: Reason, en: string, zh: string])[] = [
  [
    { rule: 'planned', args: { step: 1, due: '2026-12-03T13:08:00.000Z' } },
    'step 2 planned for Thu, 3 Dec 2026, 10:08',
    '第 2 步定于 2026年12月3日周四 10:08',
  ],
  [
    { rule: 'task-closed', args: { outcome: 'not-on-whatsapp' } },
    'task closed: not on whatsapp',
    '任务完成：没有 WhatsApp',
  ],
  [{ rule: 'held', args: { hold: 'absence' } }, 'held: absence', '暂停：外出'],
  [{ rule: 'bounced', args: { step: '5.1.1' } }, 'the address does not exist (5.1.1)', '地址不存在（5.1.1）'],
  [
    { rule: 'public-holiday', args: { from: '2026-12-25 00:00', name: 'Natal' } },
    'Fri, 25 Dec 2026 is a public holiday there: Natal',
    '2026年12月25日周五 是当地公共假日：Natal',
  ],
  [
    { rule: 'absent', args: { until: '2026-12-07' } },
    'away until Mon, 7 Dec 2026',
    '外出至 2026年12月7日周一',
  ],
  [
    { rule: 'hour-full', args: { hour: '09', day: '2026-12-07' } },
    'the hour 09 of Mon, 7 Dec 2026 is taken',
    '2026年12月7日周一 09 这一小时已满',
  ],
];

it.each(CASES)(
  'is said by the clock of the place, with steps from 1 and codes in words: %j',
  (reason, en, zh) => {
    expect(wordBecause(reason, 'en', 'America/Sao_Paulo')).toBe(en);
    expect(wordBecause(reason, 'zh', 'America/Sao_Paulo')).toBe(zh);
  },
);
