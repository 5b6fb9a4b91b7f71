/** Light, dark, or as the device says; remembered on this device. */
import { applyMode, Mode } from '@cloudscape-design/global-styles';
import { readStored, store } from './stored.ts';

export type ModeChoice = 'light' | 'dark' | 'device';

const darkDevice = matchMedia('(prefers-color-scheme: dark)');

export const storedMode = (): ModeChoice => {
  const stored = readStored('mode');
  return stored === 'light' || stored === 'dark' ? stored : 'device';
};

export function applyStoredMode(): void {
  apply(storedMode());
  darkDevice.addEventListener('change', () => apply(storedMode()));
}

export function chooseMode(choice: ModeChoice): void {
  store('mode', choice);
  apply(choice);
}

const apply = (choice: ModeChoice): void =>
  applyMode(choice === 'dark' || (choice === 'device' && darkDevice.matches) ? Mode.Dark : Mode.Light);
