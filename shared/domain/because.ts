/**
 * Why a thing happened or moved: a code with its arguments, worded only when shown. Every transition of the
 * state machine and every moved date carries at least one.
 */
import { sayCode } from './because-codes.ts';
import type { Instant } from './instant.ts';
import { localDate, localTime } from './time/plan.ts';

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
  'season-ramadan': '{from} is in Ramadan: no first letters',
  'season-august': '{from} is in the August holidays there: no first letters',
  'season-christmas': '{from} is between Christmas and the return to the offices: no first letters',
  'season-orthodox-christmas': '{from} is in their New Year and Orthodox Christmas week: no first letters',
  'season-lunar-new-year': '{from} is in the Lunar New Year week: no first letters',
  'season-diwali': '{from} is in the days of Diwali: no first letters',
  'season-carnival': '{from} is in their carnival: no first letters',
  'season-golden-week': '{from} is in Golden Week: no first letters',
  'season-obon': '{from} is in the days of Obon: no first letters',
  'season-new-year-japan': '{from} is in the days around New Year: no first letters',
  'ramadan-hours': '{from} is in Ramadan: only {window} local time',
  'half-day': '{from} ends at {until} there',
  'nobody-on-duty': '{from}: nobody of ours would be on duty in the next 24 hours',
  'day-full': 'the daily quota of {day} is taken',
  'hour-full': 'the hour {hour} of {day} is taken',
  'wait-over': 'the wait ends at {until}',
  spread: 'spread over what is open on that day',
  'slot-asked': 'the hour that was asked for',
  'slot-moved': 'the nearest hour that suits both people',
  'slot-taken': '{at} is offered to somebody else',
  'slot-outside-our-hours': '{at} is outside our own hours',
  'slot-not-shared': 'their day and ours do not meet: the hour nearest to our own',
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
  'address-changed': 'their mail address has changed: a person decides what to do with the new one',
  unsubscribed: 'they asked not to be written to',
  bounced: 'the address does not exist ({step})',
  'bounce-noted': 'a delivery problem that is not final ({bounce})',
  complained: 'they marked the letter as spam',
  'left-company': 'they no longer work there',
  suppressed: 'suppressed: {why}',
  unsuppressed: 'may be written to again, says a person (before: {why})',
  'stopped-by-person': 'stopped by a person',
  resumed: 'resumed by a person',
  approved: 'letter {step} approved by a person',
  'letter-edited': 'letter {step} was edited for this contact',
  'letter-changed': 'letter {step} reads differently now: it wants to be approved again',
  declined: 'letter {step} was not wanted by a person: {instead}',
  'gate-opened': 'the {gate} is open again',
  'task-made': 'task: {task}',
  'touched-enough': 'touched {count} times in 60 days without an answer: enough',
  'other-channel': 'reached for by {by} on {at}: two working days between channels',
  'no-phone': 'no phone number is known: no call',
  'whatsapp-unanswered': 'a WhatsApp stands unanswered: a call instead',
  transferred: 'taken over by {to} from {from}',
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
  'season-ramadan': '{from} 在斋月：不发首封信',
  'season-august': '{from} 当地在八月休假季：不发首封信',
  'season-christmas': '{from} 在圣诞至新年复工之间：不发首封信',
  'season-orthodox-christmas': '{from} 在当地新年与东正教圣诞假期：不发首封信',
  'season-lunar-new-year': '{from} 在农历新年期间：不发首封信',
  'season-diwali': '{from} 在排灯节期间：不发首封信',
  'season-carnival': '{from} 在当地狂欢节期间：不发首封信',
  'season-golden-week': '{from} 在日本黄金周：不发首封信',
  'season-obon': '{from} 在盂兰盆节期间：不发首封信',
  'season-new-year-japan': '{from} 在日本年末年始：不发首封信',
  'ramadan-hours': '{from} 在斋月：只在当地时间 {window}',
  'half-day': '{from} 当地工作到 {until}',
  'nobody-on-duty': '{from}：之后 24 小时内我方无人值班',
  'day-full': '{day} 的每日配额已满',
  'hour-full': '{day} {hour} 这一小时已满',
  'wait-over': '等待至 {until}',
  spread: '在当天可用时间内错开',
  'slot-asked': '所要求的时间',
  'slot-moved': '双方都合适的最近时间',
  'slot-taken': '{at} 已提供给别人',
  'slot-outside-our-hours': '{at} 不在我方工作时间内',
  'slot-not-shared': '双方工作时间没有重叠：取离我方最近的时间',
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
  'address-changed': '对方邮箱已变更：由人工决定如何处理新地址',
  unsubscribed: '对方要求不再来信',
  bounced: '地址不存在（{step}）',
  'bounce-noted': '非最终的投递问题（{bounce}）',
  complained: '对方标记为垃圾邮件',
  'left-company': '对方已离职',
  suppressed: '已屏蔽：{why}',
  unsuppressed: '由人工允许再次写信（此前：{why}）',
  'stopped-by-person': '由人工停止',
  resumed: '由人工恢复',
  approved: '第 {step} 封信已由人工批准',
  'letter-edited': '第 {step} 封信已为此联系人单独修改',
  'letter-changed': '第 {step} 封信的内容已变：需要重新批准',
  declined: '人工决定不发第 {step} 封信：{instead}',
  'gate-opened': '{gate} 重新开放',
  'task-made': '任务：{task}',
  'touched-enough': '60 天内已联系 {count} 次未获回复：到此为止',
  'other-channel': '{at} 已通过 {by} 联系：不同渠道之间间隔两个工作日',
  'no-phone': '没有电话号码：不打电话',
  'whatsapp-unanswered': 'WhatsApp 消息尚未回复：改为打电话',
  transferred: '由 {to} 从 {from} 接手',
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

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;
/** A local day as the rules write it, and the hour of its clock: `2026-12-03 10:08`. */
const LOCAL = /^(\d{4}-\d{2}-\d{2})(?: (\d{2}:\d{2}))?$/;

/** One line for a person, with moments by the clock of `zone`. Unknown placeholders stay visible rather than vanish. */
export function wordBecause(because: Reason, language: 'en' | 'zh', zone: string): string {
  return WORDS[language][because.rule].replace(/\{([a-z]+)\}/g, (whole, name: string) => {
    const value = because.args?.[name];
    if (value === undefined) return whole;
    // Programs count steps from 0, people from 1.
    if (name === 'step' && typeof value === 'number') return String(value + 1);
    const text = String(value);
    const [, day, hour] = LOCAL.exec(INSTANT.test(text) ? atClock(text as Instant, zone) : text) ?? [];
    return day ? sayDay(day, hour, language) : sayCode(text, language);
  });
}

const atClock = (at: Instant, zone: string): string => `${localDate(zone, at)} ${localTime(zone, at)}`;

/** Whoever asks "why then" asks for the day of the week. A day written by its midnight is the day. */
function sayDay(day: string, hour: string | undefined, language: 'en' | 'zh'): string {
  const at = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return day;
  const said = DAYS[language].format(at);
  if (hour === undefined || hour === '00:00') return said;
  return language === 'zh' ? `${said} ${hour}` : `${said}, ${hour}`;
}

const DAY_PARTS = {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
} as const;
const DAYS = {
  en: new Intl.DateTimeFormat('en-GB', DAY_PARTS),
  zh: new Intl.DateTimeFormat('zh-CN', DAY_PARTS),
} as const;
