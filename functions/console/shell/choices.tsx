/**
 * Language, light or dark, and the way out. The lists are the browser's own: a telephone opens its own for them, and not
 * a byte of a menu has to be loaded before the first page stands.
 */
import { useState } from 'react';
import type { Language } from '../lexicon/load-words.ts';
import { useLanguage, useWords } from '../lexicon/words.tsx';
import { chooseMode, type ModeChoice, storedMode } from '../session/mode.ts';
import { useSession } from '../session/session.tsx';

export function Choices() {
  const t = useWords();
  const language = useLanguage();
  const { signOut, chooseLanguage } = useSession();
  const [mode, setMode] = useState<ModeChoice>(storedMode);
  return (
    <div className="frame-choices">
      <select
        aria-label={t('top.language')}
        value={language}
        onChange={(event) => chooseLanguage(event.target.value as Language)}
      >
        <option value="en" lang="en">
          English
        </option>
        <option value="zh" lang="zh-CN">
          中文
        </option>
      </select>
      <select
        aria-label={t('top.look')}
        value={mode}
        onChange={(event) => {
          const choice = event.target.value as ModeChoice;
          chooseMode(choice);
          setMode(choice);
        }}
      >
        {(['light', 'dark', 'device'] as const).map((choice) => (
          <option key={choice} value={choice}>
            {t(`mode.${choice}`)}
          </option>
        ))}
      </select>
      <button type="button" className="frame-leave" onClick={signOut}>
        {t('top.leave')}
      </button>
    </div>
  );
}
