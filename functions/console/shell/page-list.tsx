/** The pages there are, which one this is, and how much waits today. On a telephone it opens over the page. */
import { useEffect } from 'react';
import type { WordKey } from '../lexicon/load-words.ts';
import { useWords } from '../lexicon/words.tsx';
import { Choices } from './choices.tsx';

/** The id by which the button that opens it names it. */
export const PAGE_LIST_ID = 'pages';
const COUNT_MAX = 99;

const WORK: readonly (readonly [href: string, words: WordKey])[] = [
  ['/', 'nav.today'],
  ['/inbox', 'nav.inbox'],
  ['/campaigns', 'nav.campaigns'],
  ['/sequences', 'nav.sequences'],
];
const KEPT: readonly (readonly [href: string, words: WordKey])[] = [
  ['/suppressions', 'nav.suppressions'],
  ['/settings', 'nav.settings'],
];

export function PageList(props: {
  readonly path: string;
  readonly openTasks: number;
  readonly isLocal: boolean;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const t = useWords();
  const { openTasks, isOpen, onClose } = props;
  useEffect(() => {
    if (!isOpen) return;
    const closeOnEscape = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onClose();
    };
    addEventListener('keydown', closeOnEscape);
    return () => removeEventListener('keydown', closeOnEscape);
  }, [isOpen, onClose]);
  const current = sectionOf(props.path);
  const row = ([href, words]: readonly [string, WordKey]) => (
    <li key={href}>
      <a href={`#${href}`} {...(href === current ? { 'aria-current': 'page' } : {})} onClick={onClose}>
        {t(words)}
        {href === '/' && openTasks > 0 && (
          <span className="frame-count">{openTasks > COUNT_MAX ? `${COUNT_MAX}+` : openTasks}</span>
        )}
      </a>
    </li>
  );
  return (
    <nav
      id={PAGE_LIST_ID}
      aria-label={t('nav.label')}
      className={isOpen ? 'frame-pages frame-pages-open' : 'frame-pages'}
    >
      <ul>{WORK.map(row)}</ul>
      <ul>
        {KEPT.map(row)}
        {props.isLocal && row(['/lab', 'nav.lab'])}
      </ul>
      <Choices />
    </nav>
  );
}

/** Of a page that is not in the list, the one that leads to it. */
function sectionOf(path: string): string {
  const section = /^\/[a-z]*/.exec(path)?.[0] ?? '/';
  if (section === '/contacts' || section === '/companies') return '/';
  return section === '/launch' ? '/campaigns' : section;
}
