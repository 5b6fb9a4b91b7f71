/** A to D at a glance, and said aloud. */
import { useWords } from '../lexicon/words.tsx';

export function Grade({ grade }: { readonly grade: string | undefined }) {
  const t = useWords();
  return (
    <span
      className={`grade grade-${grade ?? 'none'}`}
      role="img"
      aria-label={grade ? t('grade.is', { grade }) : t('grade.none')}
    >
      {grade ?? '–'}
    </span>
  );
}
