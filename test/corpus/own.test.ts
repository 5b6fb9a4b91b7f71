/** Mails of our own, in sixteen languages and the manner of some twenty mail programs: the floors may only rise. */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { OWN_FLOORS } from './floors.ts';
import { judgeCorpus } from './judge.ts';
import { jsonScore, missLines } from './print.ts';
import { below, scoreLanguages, scoreOf } from './score.ts';

const FOLDER = fileURLToPath(new URL('../fixtures/mail/own/', import.meta.url));
const judged = await judgeCorpus(FOLDER);

describe('our own mails', () => {
  it('are read as well as before, or better', () => {
    console.log(missLines(judged).join('\n'));
    expect(below(scoreOf(judged), OWN_FLOORS)).toEqual([]);
  });

  it('number a dozen in each of sixteen languages, a third of them people who speak of absences', () => {
    const languages = Object.entries(scoreLanguages(judged));
    expect(languages.length).toBeGreaterThanOrEqual(16);
    for (const [language, { n, kinds }] of languages) {
      const hard = judged.filter(({ label }) => label.language === language && label.hardNegative);
      expect([language, n >= 12, hard.length >= 4, (kinds.reply?.n ?? 0) >= 5]).toEqual([
        language,
        true,
        true,
        true,
      ]);
    }
  });

  it('hold every kind of mail that comes back, and every class of bounce', () => {
    const kinds = Object.keys(scoreOf(judged).kinds);
    expect(kinds).toEqual([
      'absence',
      'auto-reply',
      'bounce',
      'challenge',
      'complaint',
      'left-company',
      'list',
      'reply',
      'unsubscribe',
    ]);
    const classes = new Set(judged.map(({ reading }) => reading?.bounce?.value.class));
    expect(classes).toEqual(new Set([undefined, 'permanent', 'transient', 'delayed']));
  });

  it('have evidence that stands where its offsets say', () => {
    for (const { label, reading } of judged) {
      const findings = [
        reading?.kind,
        reading?.absence,
        reading?.intent,
        reading?.optOut,
        ...(reading?.phones ?? []),
        ...(reading?.people ?? []),
      ];
      for (const item of findings.flatMap((finding) => finding?.evidence ?? []))
        if (item.from === 'text')
          expect([label.file, reading?.replyText.slice(item.start, item.end)]).toEqual([
            label.file,
            item.words,
          ]);
    }
  });

  it('give one line of JSON that says what the issue asks for', () => {
    const score = JSON.parse(jsonScore(judged));
    expect(score).toMatchObject({
      n: judged.length,
      threw: 0,
      kinds: { reply: { precision: 1, recall: 1 } },
      auto: { precision: 1, recall: 1 },
      returnDate: { n: expect.any(Number) },
      languages: { ja: { kinds: { absence: { n: 9 } } } },
    });
  });
});
