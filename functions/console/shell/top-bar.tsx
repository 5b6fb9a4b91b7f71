/** The bar above every page; on a telephone the button that opens the list of pages is in it, too. */
import { useWords } from '../lexicon/words.tsx';
import { Choices } from './choices.tsx';
import { PAGE_LIST_ID } from './page-list.tsx';

export function TopBar(props: { readonly isOpen: boolean; readonly onOpen: (isOpen: boolean) => void }) {
  const t = useWords();
  const { isOpen, onOpen } = props;
  return (
    <header className="frame-top">
      <button
        type="button"
        className="frame-menu"
        aria-label={t(isOpen ? 'nav.close' : 'nav.open')}
        aria-expanded={isOpen}
        aria-controls={PAGE_LIST_ID}
        onClick={() => onOpen(!isOpen)}
      >
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <path d="M1 3h14M1 8h14M1 13h14" stroke="currentColor" strokeWidth="2" />
        </svg>
      </button>
      <a href="#/" className="frame-brand">
        <img src="./logo.svg" width="124" height="32" alt={t('app.name')} />
      </a>
      <Choices />
    </header>
  );
}
