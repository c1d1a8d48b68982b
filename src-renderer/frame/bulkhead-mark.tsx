import { gateNames } from '../../src-shared/model/denial.ts';

/** Eight cells, one taller. */
export function BulkheadMark() {
  return (
    <span className="gates mark" aria-hidden="true">
      {gateNames.map((gate) => (
        <i key={gate} className={gate === 'customer' ? 'stopped' : 'passed'} />
      ))}
    </span>
  );
}
