/** The console's first lines: styles, language and mode before the first paint, then the application. */
import '@cloudscape-design/global-styles/index.css';
import './console.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { applyStoredMode } from './session/mode.ts';
import { readConfig } from './session/sign-in.ts';

applyStoredMode();
const root = document.getElementById('root');
if (!root) throw new Error('index.html has lost its root element');
createRoot(root).render(<App config={await readConfig()} />);
