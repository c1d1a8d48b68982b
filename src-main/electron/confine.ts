import { app, type Session, type WebContents } from 'electron';

/** Holds for every page that could ever come to be in this process, also one that we did not make and do not expect. */
export function confinePages(): void {
  app.on('web-contents-created', (_event, contents) => confine(contents));
}

/**
 * No permission of any kind, for any page. This includes the clipboard's asynchronous interface and local-network access:
 * the window needs neither.
 */
export function confineSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
}

/** A page stays where it is and opens nothing. */
function confine(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
