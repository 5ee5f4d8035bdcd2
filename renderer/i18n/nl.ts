/** The words of the interface in Dutch; the same keys as in English. */
import type { en } from './en.ts';
import { compare } from './nl/compare.ts';
import { figures } from './nl/figures.ts';
import { messages } from './nl/messages.ts';
import { walk } from './nl/walk.ts';
import { whatIf } from './nl/what-if.ts';
import { window } from './nl/window.ts';
import type { Words } from './words.ts';

export const nl: Words<typeof en> = { ...window, ...figures, ...messages, ...walk, ...compare, ...whatIf };
