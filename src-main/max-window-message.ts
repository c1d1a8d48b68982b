/** The longest message a window may send, in bytes over a socket and in characters over the preload bridge. */
export const maxWindowMessage = 1024 * 1024;
