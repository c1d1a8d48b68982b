interface Props {
  readonly label: string;
  /** 0 to 1; null while it is not known. */
  readonly share: number | null;
}

/** How much of something long is done. The words beside it say the same in numbers. */
export function ProgressBar({ label, share }: Props) {
  const percent = share === null ? null : Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div
      className="meter progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent ?? undefined}
    >
      <i style={{ width: `${percent ?? 0}%` }} />
    </div>
  );
}
