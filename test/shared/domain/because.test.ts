import { expect, it } from 'vitest';
import { type Reason, wordBecause } from '../../../shared/domain/because.ts';

const CASES: readonly (readonly [reason: Reason, en: string, zh: string])[] = [
  [
    { rule: 'planned', args: { step: 1, due: '2026-12-03T13:08:00.000Z' } },
    'step 2 planned for 2026-12-03 10:08',
    '第 2 步定于 2026-12-03 10:08',
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
    '2026-12-25 is a public holiday there: Natal',
    '2026-12-25 是当地公共假日：Natal',
  ],
];

it.each(CASES)(
  'is said by the clock of the place, with steps from 1 and codes in words: %j',
  (reason, en, zh) => {
    expect(wordBecause(reason, 'en', 'America/Sao_Paulo')).toBe(en);
    expect(wordBecause(reason, 'zh', 'America/Sao_Paulo')).toBe(zh);
  },
);
