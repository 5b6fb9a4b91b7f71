/** A letter that goes out today: to whom, the minute on both walls, and why then. */
import Box from '@cloudscape-design/components/box';
import Link from '@cloudscape-design/components/link';
import type { TodayLetter } from '../../../shared/api/today.ts';
import { useLanguage, useWords } from '../lexicon/words.tsx';
import { Grade } from '../parts/grade.tsx';
import { useTimes } from '../parts/time.ts';

export function LetterRow({ letter }: { readonly letter: TodayLetter }) {
  const t = useWords();
  const language = useLanguage();
  const times = useTimes();
  const { ours, theirs } = letter;
  return (
    <li className="row">
      <Grade grade={letter.grade} />
      <div className="row-main">
        <Link href={`#/contacts/${letter.contactId}`} fontSize="heading-s">
          {letter.name ?? letter.contactId}
        </Link>
        <Box variant="small" display="block">
          {[letter.company, letter.country && times.country(letter.country)].filter(Boolean).join(' · ')}
        </Box>
        <Box variant="small" display="block">
          {letter.reasons.map((reason) => reason[language]).join(' · ')}
        </Box>
      </div>
      <div className="row-acts">
        <div className="letter-time nums">
          <strong>{ours.time}</strong>
          <span>{t('time.there-city', { time: theirs.time, city: times.city(theirs.zone) })}</span>
          <span>{t('letter.step', { step: letter.step + 1 })}</span>
        </div>
      </div>
    </li>
  );
}
