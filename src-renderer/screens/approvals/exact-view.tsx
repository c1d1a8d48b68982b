import { exactParts } from './exact-text.ts';

/** A text of the AI as text: isolated from the words around it, and with a mark for whatever cannot be seen. */
export function ExactText({ text }: { readonly text: string }) {
  return (
    <bdi className="exact">
      {exactParts(text).map(({ kind, text: part }, place) =>
        kind === 'seen' ? (
          part
        ) : (
          // oxlint-disable-next-line react/no-array-index-key -- The parts of a text never change their order.
          <span key={place} className="unseen-mark">
            {part}
          </span>
        ),
      )}
    </bdi>
  );
}
