import { Menu } from 'electron';

/** Only macOS needs a menu: without it, copy and paste have no keys there. None offers to reload or to open a console. */
export function setAppMenu(platform: string): void {
  const menu =
    platform === 'darwin'
      ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }])
      : null;
  Menu.setApplicationMenu(menu);
}
