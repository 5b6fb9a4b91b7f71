/**
 * The console's first lines, as few as can be: they put everything on its way at once, the application, its words, who
 * is here and what their day holds, so that nothing waits for a thing that it does not need.
 */
import { chosenLanguage, loadWords } from './lexicon/load-words.ts';
import { begin } from './session/begin.ts';
import { applyStoredMode } from './session/mode.ts';

/** Not at the top level: the application imports of this file's neighbours, and would wait for what waits for it. */
async function main(root: HTMLElement): Promise<void> {
  applyStoredMode();
  const language = chosenLanguage();
  try {
    const [{ start }, words, begun] = await Promise.all([
      import('./start.tsx'),
      loadWords(language),
      begin(language),
    ]);
    start(root, words, begun);
  } catch (error) {
    // Not even the words need have come.
    root.textContent =
      language === 'zh'
        ? 'Relance 没能加载。请检查网络，然后重新加载本页。'
        : 'Relance could not be loaded. Check the connection, then reload this page.';
    throw error;
  }
}

const root = document.getElementById('root');
if (!root) throw new Error('index.html has lost its root element');
void main(root);
