/** The `app://` scheme. */
import { protocol } from 'electron';

import { answerAppRequest } from './app-files.ts';
import { APP_SCHEME } from './app-url.ts';

/** Before `ready`: pages of the scheme get an origin, a secure context and `fetch`. */
export function setupScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true };
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges }]);
}

/** @param folder the built renderer */
export function setupProtocol(folder: string): void {
  protocol.handle(APP_SCHEME, (request) => answerAppRequest(request, folder));
}
