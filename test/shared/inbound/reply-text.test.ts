/** New words, quotation, signature. */
import { describe, expect, it } from 'vitest';
import { splitReply } from '../../../shared/inbound/reply-text.ts';

describe('a quotation begins at its head, in every language', () => {
  it.each([
    'On Mon, 16 Nov 2026 at 10:12, Anne <anne@agency.example> wrote:',
    'Am 16.11.2026 um 10:12 schrieb Anne Agency:',
    'Le lun. 16 nov. 2026 à 10:12, Anne <anne@agency.example> a écrit :',
    'El lun, 16 nov 2026 a las 10:12, Anne (<anne@agency.example>) escribió:',
    'Em seg., 16 de nov. de 2026 às 10:12, Anne <anne@agency.example> escreveu:',
    'Il giorno lun 16 nov 2026 alle ore 10:12 Anne <anne@agency.example> ha scritto:',
    'Op 16-11-2026 10:12 schreef Anne Agency:',
    'пн, 16 нояб. 2026 г. в 10:12, Anne <anne@agency.example> написал(а):',
    'W dniu 16.11.2026 o 10:12, Anne Agency pisze:',
    'Anne <anne@agency.example>, 16 Kas 2026 Pzt, 10:12 tarihinde şunu yazdı:',
    'في الاثنين، 16 نوفمبر 2026 في 10:12 كتب Anne <anne@agency.example>:',
    '在 2026年11月16日 10:12，Anne <anne@agency.example> 写道：',
    'Anne <anne@agency.example> 於 2026年11月16日 10:12 寫道：',
    '2026年11月16日(月) 10:12 Anne <anne@agency.example>のメール:',
    '2026년 11월 16일 (월) 10:12, Anne <anne@agency.example>님이 작성:',
    'Vào 10:12 16 tháng 11, 2026, Anne <anne@agency.example> đã viết:',
    'Den mån 16 nov. 2026 kl 10:12 skrev Anne <anne@agency.example>:',
    '-----Original Message-----',
    '-----Ursprüngliche Nachricht-----',
    'From: Anne\nSent: Monday\nTo: Ana',
    'Von: Anne\nGesendet: Montag\nAn: Ana',
    '发件人：Anne\n发送时间：2026年\n收件人：Ana',
    '*De :* Anne\n*Envoyé :* lundi\n*À :* Ana',
  ])('%s', (head) => {
    const { newText, hasQuote } = splitReply(`Please send prices.\n\n${head}\n\nold words`);
    expect(newText).toBe('Please send prices.');
    expect(hasQuote).toBe(true);
  });

  it('a head may be broken over lines', () => {
    const { newText } = splitReply(
      'Yes.\n\nOn Mon, 16 Nov 2026 at 10:12, Anne Agency <\nanne@agency.example>\nwrote:\n\nold',
    );
    expect(newText).toBe('Yes.');
  });

  it('answers between and below quoted lines are new', () => {
    const { newText } = splitReply('On 16 Nov 2026, Anne wrote:\n> one?\nYes.\n> two?\nNo.');
    expect(newText).toBe('Yes.\nNo.');
  });

  it.each([
    'On Monday we meet.\nOn Tuesday we write.',
    'He wrote: come at 10.',
    'Three points:\n1. price\n2. sample',
    'Date: Wednesday\nTime: 7:00\nAddress: 130 Fox St',
  ])('%s is nothing but new words', (text) => {
    expect(splitReply(text)).toMatchObject({ newText: text, hasQuote: false });
  });
});

describe('a signature', () => {
  it.each([
    ['Yes.\n-- \nAna Silva', 'Yes.', '--\nAna Silva'],
    ['Yes.\n\nSent from my iPhone', 'Yes.', 'Sent from my iPhone'],
    ['Ja.\n\nVon meinem iPhone gesendet', 'Ja.', 'Von meinem iPhone gesendet'],
    ['好的。\n\n发自我的iPhone', '好的。', '发自我的iPhone'],
    ['Yes.\nSent from my desk, this is easier.', 'Yes.\nSent from my desk, this is easier.', ''],
  ])('%s', (text, newText, signature) => {
    expect(splitReply(text)).toMatchObject({ newText, signature });
  });
});

it('an inline forward with nothing above is read as what it carries', () => {
  const text =
    '---------- Forwarded message ---------\nFrom: Ana <ana@acme.example>\nSubject: Re: Linen\n\nPlease send prices.';
  expect(splitReply(text)).toMatchObject({ newText: 'Please send prices.', isForward: true });
});

it('a bare quotation of ours has no new words', () => {
  expect(splitReply('On 16 Nov 2026, Anne wrote:\n> unsubscribe here').newText).toBe('');
});

it('a first line with numbers is not the beginning of the head that stands below a blank line', () => {
  const text = 'I am back on 23 November 2026.\n\nOn Tue, 17 Nov 2026, Lin Wei wrote:\n> Dear Ana';
  expect(splitReply(text).newText).toBe('I am back on 23 November 2026.');
});
