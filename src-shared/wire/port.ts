/** One end of a duplex message channel. Every process boundary in the program is one of these; JSON only. */
export interface Port {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}
