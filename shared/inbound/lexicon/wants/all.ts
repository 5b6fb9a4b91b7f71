/** What people want, in every language that is read. */
import { ar } from './ar.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import { ja } from './ja.ts';
import { ko } from './ko.ts';
import { nl } from './nl.ts';
import { pl } from './pl.ts';
import { pt } from './pt.ts';
import { ru } from './ru.ts';
import { sv } from './sv.ts';
import { tr } from './tr.ts';
import { vi } from './vi.ts';
import type { Wants } from './wants.ts';
import { zh } from './zh.ts';

export const WANTS: readonly Wants[] = [en, zh, es, pt, fr, de, it, nl, ru, pl, tr, ar, ja, ko, vi, sv];
