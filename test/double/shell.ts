import { EventEmitter } from 'node:events';
import { record } from './record.ts';

interface MenuItem {
  readonly label?: string;
  readonly click?: () => void;
}

/** Menus, the tray and images: recorded. Clicks come from the test. */
export class Menu {
  readonly items: readonly MenuItem[];

  constructor(items: readonly MenuItem[]) {
    this.items = items;
  }

  static buildFromTemplate(items: readonly MenuItem[]): Menu {
    return new Menu(items);
  }

  static setApplicationMenu(menu: Menu | null): void {
    record('Menu.setApplicationMenu', menu?.items.length ?? null);
  }
}

export const nativeImage = {
  createFromBitmap: (bitmap: Buffer, size: { width: number; height: number }) => ({ bytes: bitmap.length, ...size }),
};

const trays = new Set<Tray>();

export class Tray extends EventEmitter {
  #menu: Menu | undefined;

  constructor(image: unknown) {
    super();
    record('Tray', image);
    trays.add(this);
  }

  setImage(image: unknown): void {
    record('tray.setImage', image);
  }

  setToolTip(text: string): void {
    record('tray.setToolTip', text);
  }

  setContextMenu(menu: Menu): void {
    this.#menu = menu;
    record(
      'tray.setContextMenu',
      menu.items.map(({ label }) => label ?? '-'),
    );
  }

  destroy(): void {
    trays.delete(this);
  }

  choose(label: string): boolean {
    const item = this.#menu?.items.find((candidate) => candidate.label === label);
    item?.click?.();
    return item?.click !== undefined;
  }
}

/** Chooses an item of the tray's menu; false when there is none of that name. */
export const chooseInTray = (label: string): boolean => [...trays].some((tray) => tray.choose(label));

const notices = new Set<Notification>();

/** A notice of the desktop: recorded. A click comes from the test. */
export class Notification extends EventEmitter {
  readonly #said: { readonly title: string; readonly body: string };

  static isSupported(): boolean {
    return true;
  }

  constructor(said: { readonly title: string; readonly body: string }) {
    super();
    this.#said = said;
  }

  show(): void {
    record('notification.show', this.#said);
    notices.add(this);
  }

  close(): void {
    record('notification.close');
    notices.delete(this);
  }
}

/** Clicks the notices that are shown. */
export const clickNotices = (): void => {
  for (const notice of notices) notice.emit('click');
};
