const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** A key with the modifier that this system's keyboards name, as `Ctrl K`. The window hears Ctrl and Command alike. */
export const chord = (key: string): string => `${isMac ? '⌘' : 'Ctrl'} ${key}`;
