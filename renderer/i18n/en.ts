/** The words of the interface in English; nl has the same keys. `{{name}}` is filled in; terms as the field writes them. */
import { figures } from './en/figures.ts';
import { messages } from './en/messages.ts';
import { walk } from './en/walk.ts';
import { window } from './en/window.ts';

export const en = { ...window, ...figures, ...messages, ...walk };
