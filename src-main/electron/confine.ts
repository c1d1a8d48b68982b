import { app, type Session, type WebContents } from 'electron';
import { appOrigin } from './app-protocol.ts';

/** Holds for every page that could ever come to be in this process, also one that we did not make and do not expect. */
export function confinePages(): void {
  app.on('web-contents-created', (_event, contents) => confine(contents));
}

/**
 * No permission for any page but one: our own may write plain text to the clipboard, behind its copy buttons. No download
 * but what our own page made itself, the export of the ledger, and for that Electron asks the person where to.
 */
export function confineSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) =>
    answer(mayCopy(permission, requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => mayCopy(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${appOrigin}/`)) event.preventDefault();
  });
}

const mayCopy = (permission: string, origin: string): boolean =>
  permission === 'clipboard-sanitized-write' && (origin === appOrigin || origin.startsWith(`${appOrigin}/`));

/** A page stays where it is and opens nothing. */
function confine(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
