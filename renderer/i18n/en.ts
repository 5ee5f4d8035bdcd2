/** The words of the interface in English; nl has the same keys. `{{name}}` is filled in; terms as the field writes them. */
import { compare } from './en/compare.ts';
import { figures } from './en/figures.ts';
import { messages } from './en/messages.ts';
import { walk } from './en/walk.ts';
import { whatIf } from './en/what-if.ts';
import { window } from './en/window.ts';

export const en = { ...window, ...figures, ...messages, ...walk, ...compare, ...whatIf };
