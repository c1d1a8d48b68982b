import { useEffect, useId, useRef, useState } from 'react';
import { Ellipsis } from 'lucide-react';
import type { InstanceView } from '../../../src-shared/contract/ui.ts';
import { Button } from '../../parts/button.tsx';
import { t } from '../../words.ts';

export type InstanceDeed = 'change' | 'credential' | 'revoke' | 'remove';

interface Props {
  readonly instance: InstanceView;
  readonly open: (deed: InstanceDeed) => void;
}

/** What is done to an instance now and then: a button that discloses more buttons. Escape and a click elsewhere close it. */
export function InstanceMenu({ instance: { name, hasCredential }, open }: Props) {
  const place = useRef<HTMLSpanElement>(null);
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const deeds: readonly Exclude<InstanceDeed, 'credential'>[] = hasCredential
    ? ['change', 'revoke', 'remove']
    : ['change', 'remove'];
  useEffect(() => {
    if (!isOpen) return;
    const closeOutside = ({ target }: Event): void => {
      if (!(target instanceof Node && place.current?.contains(target) === true)) setOpen(false);
    };
    document.addEventListener('pointerdown', closeOutside);
    document.addEventListener('focusin', closeOutside);
    return () => {
      document.removeEventListener('pointerdown', closeOutside);
      document.removeEventListener('focusin', closeOutside);
    };
  }, [isOpen]);
  const close = (): void => {
    setOpen(false);
    place.current?.querySelector('button')?.focus(); // A dialog gives the focus back to where it was.
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Escape closes it from anywhere inside.
    <span className="menu-place" ref={place} onKeyDown={(event) => isOpen && event.key === 'Escape' && close()}>
      <Button
        className="square"
        aria-label={t('connectors.more', { name })}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <Ellipsis className="icon" aria-hidden="true" />
      </Button>
      <span className="menu" id={id} role="group" aria-label={t('connectors.more', { name })} hidden={!isOpen}>
        {deeds.map((deed) => (
          <button
            key={deed}
            type="button"
            className={`menu-item ${deed === 'change' ? '' : 'danger'}`}
            onClick={() => {
              close();
              open(deed);
            }}
          >
            {t(`connectors.${deed}`)}
          </button>
        ))}
      </span>
    </span>
  );
}
