/**
 * Why a thing happened or moved: a code with its arguments, worded only when shown. Every transition of the
 * state machine and every moved date carries at least one.
 */
import type { Instant } from './instant.ts';

export type Because = {
  readonly at: Instant;
  readonly rule: Rule;
  /** Dates, names of rules and ids; never people's words or addresses. */
  readonly args?: Readonly<Record<string, string | number>>;
};

/** What the timing rules answer before the state machine dates it. */
export type Reason = Omit<Because, 'at'>;

export type Rule = keyof typeof WORDS.en;

const en = {
  enrolled: 'enrolled in the campaign',
  planned: 'step {step} planned for {due}',
  'not-a-working-day': '{from} is no working day there',
  'public-holiday': '{from} is a public holiday there: {name}',
  'holidays-assumed': 'no holiday table for {year}: taken as a working day',
  'blackout-date': '{from} is a blackout date',
  'outside-window': 'outside {window} local time',
  'first-day-of-week': '{from} is the first working day of their week: no follow-up mails',
  'last-day-of-week': '{from} is the last working day of their week: no follow-up mails',
  'first-day-back': '{from} is the first day after a long break: no follow-up mails',
  claimed: 'step {step} claimed for sending',
  'already-sending': 'step {step} is being sent by another run',
  'stale-timer': 'a timer for another moment fired',
  'timer-early': 'the timer fired before {due}',
  held: 'held: {hold}',
  'hold-ended': 'hold ended: {hold}',
  'hold-lapsed': 'the hold {hold} lapsed',
  'cap-24-hours': 'at most one letter per person in 24 hours',
  'gate-closed': 'released: {gate}',
  'claim-too-old': 'released: the claim was older than 5 seconds',
  'send-refused': 'SES refused for now: {why}',
  'send-failed': 'the letter was refused for good: {why}',
  'send-unknown': 'SES did not say whether it took the letter',
  'orphaned-claim': 'nobody reported on this claim for 15 minutes',
  sent: 'step {step} accepted by SES',
  'sent-twice': 'SES accepted step {step} a second time',
  finished: 'the last step is done',
  'mail-arrived': 'a mail arrived: held before it is read',
  replied: 'they answered',
  'answered-elsewhere': 'they answered on another channel',
  'answered-by-sender': 'the sender wrote to them',
  absent: 'away until {until}',
  'absent-undated': 'away, no date given: looked at again on {until}',
  'absence-not-believed': 'the date {until} is in the past or too far off: not believed',
  'auto-reply': 'an automatic notice: nothing to wait for',
  'mail-noted': 'the mail changes nothing ({mail})',
  unsubscribed: 'they asked not to be written to',
  bounced: 'the address does not exist ({step})',
  'bounce-noted': 'a delivery problem that is not final ({bounce})',
  complained: 'they marked the letter as spam',
  'left-company': 'they no longer work there',
  suppressed: 'suppressed: {why}',
  'stopped-by-person': 'stopped by a person',
  resumed: 'resumed by a person',
  'gate-opened': 'the {gate} is open again',
  'task-made': 'task: {task}',
  'task-closed': 'task closed: {outcome}',
  'needs-decision': 'nobody knows whether step {step} went out: a person decides',
  'confirmed-sent': 'a person says that step {step} went out',
  'send-again': 'a person says: send step {step} again',
  'timer-lost': 'the timer was lost and is set again',
  unread: 'a mail waits unread for more than 15 minutes',
  'back-from-absence': 'the first working day after the return',
  'meanwhile-ended': 'ended before',
  corrected: 'a person read the mail again: it was no {was}',
} as const;

const zh: Record<keyof typeof en, string> = {
  enrolled: '已加入活动',
  planned: '第 {step} 步定于 {due}',
  'not-a-working-day': '{from} 当地不是工作日',
  'public-holiday': '{from} 是当地公共假日：{name}',
  'holidays-assumed': '{year} 年没有假日表，按工作日处理',
  'blackout-date': '{from} 是禁发日',
  'outside-window': '不在当地时间 {window} 之内',
  'first-day-of-week': '{from} 是他们一周的第一个工作日：不发跟进邮件',
  'last-day-of-week': '{from} 是他们一周的最后一个工作日：不发跟进邮件',
  'first-day-back': '{from} 是长假后的第一天：不发跟进邮件',
  claimed: '第 {step} 步已认领发送',
  'already-sending': '第 {step} 步正由另一次运行发送',
  'stale-timer': '定时器对应的是另一个时刻',
  'timer-early': '定时器早于 {due} 触发',
  held: '暂停：{hold}',
  'hold-ended': '暂停结束：{hold}',
  'hold-lapsed': '暂停 {hold} 已到期',
  'cap-24-hours': '同一个人 24 小时内最多一封信',
  'gate-closed': '已放回：{gate}',
  'claim-too-old': '已放回：认领超过 5 秒',
  'send-refused': 'SES 暂时拒绝：{why}',
  'send-failed': '信件被最终拒绝：{why}',
  'send-unknown': 'SES 没有说明是否收下了信',
  'orphaned-claim': '15 分钟内没有这次认领的消息',
  sent: '第 {step} 步已被 SES 接收',
  'sent-twice': 'SES 第二次接收了第 {step} 步',
  finished: '最后一步已完成',
  'mail-arrived': '来信：先暂停再阅读',
  replied: '对方已回复',
  'answered-elsewhere': '对方在其他渠道回复',
  'answered-by-sender': '业务员已亲自写信',
  absent: '外出至 {until}',
  'absent-undated': '外出，未说明日期：{until} 再看',
  'absence-not-believed': '日期 {until} 已过去或太远：不采信',
  'auto-reply': '自动通知：无需等待',
  'mail-noted': '此邮件不改变任何事（{mail}）',
  unsubscribed: '对方要求不再来信',
  bounced: '地址不存在（{step}）',
  'bounce-noted': '非最终的投递问题（{bounce}）',
  complained: '对方标记为垃圾邮件',
  'left-company': '对方已离职',
  suppressed: '已屏蔽：{why}',
  'stopped-by-person': '由人工停止',
  resumed: '由人工恢复',
  'gate-opened': '{gate} 重新开放',
  'task-made': '任务：{task}',
  'task-closed': '任务完成：{outcome}',
  'needs-decision': '不知道第 {step} 步是否发出：请人工决定',
  'confirmed-sent': '人工确认第 {step} 步已发出',
  'send-again': '人工决定重发第 {step} 步',
  'timer-lost': '定时器丢失，已重设',
  unread: '有邮件超过 15 分钟未读',
  'back-from-absence': '回来后的第一个工作日',
  'meanwhile-ended': '此前已结束',
  corrected: '人工重新阅读：不是 {was}',
};

const WORDS = { en, zh } as const;

/** One line for a person. Unknown placeholders stay visible rather than vanish. */
export function wordBecause(because: Reason, language: 'en' | 'zh'): string {
  return WORDS[language][because.rule].replace(/\{([a-z]+)\}/g, (whole, name: string) => {
    const value = because.args?.[name];
    return value === undefined ? whole : String(value);
  });
}
