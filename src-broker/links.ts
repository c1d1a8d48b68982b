/**
 * The links to workers and to the ledger. The supervisor says on the control port who is at the other end of a link before
 * it hands the link over; a link it said nothing about is closed. A name stands for one link, once.
 */
import { Fault } from '../src-shared/fault.ts';
import type { Port } from '../src-shared/wire/port.ts';
import type { InstanceId, TenantId } from '../src-shared/model/ids.ts';
import type { Admission } from './grant-check.ts';

/** Whose credential a survey may read: an instance's own, no customer's. */
export interface SurveyAdmission {
  readonly tenant: TenantId;
  readonly instance: InstanceId;
}

/** What is served on a link, once it is known whose it is. A link is served one of these for its life, never two. */
export interface LinkServers {
  lease(admitted: Admission, port: Port): void;
  survey(admitted: SurveyAdmission, port: Port): void;
  signer(port: Port): void;
}

export interface Links {
  /** Throws LINK_TAKEN when the name is in use. */
  admit(link: string, admission: Admission): void;
  /** The same for a survey's link. */
  admitSurvey(link: string, admission: SurveyAdmission): void;
  arrive(link: string, port: Port): void;
  /** Ends a link, whether or not it has arrived. */
  dismiss(link: string): void;
}

const ledger = 'ledger';

export function makeLinks(servers: LinkServers): Links {
  const awaited = new Map<string, (port: Port) => void>();
  const open = new Map<string, Port>();

  function hold(link: string, port: Port): void {
    open.set(link, port);
    port.onClose(() => {
      if (open.get(link) === port) open.delete(link);
    });
  }

  function expect(link: string, serve: (port: Port) => void): void {
    if (link === ledger || awaited.has(link) || open.has(link)) {
      throw new Fault('LINK_TAKEN', 'A link of this name is already in use.');
    }
    awaited.set(link, serve);
  }

  return {
    admit: (link, admission) => expect(link, (port) => servers.lease(admission, port)),
    admitSurvey: (link, admission) => expect(link, (port) => servers.survey(admission, port)),
    arrive: (link, port) => {
      if (link === ledger) {
        open.get(link)?.close(); // The ledger was started again.
        hold(link, port);
        return servers.signer(port);
      }
      const serve = awaited.get(link);
      if (!serve) return port.close();
      awaited.delete(link);
      hold(link, port);
      serve(port);
    },
    dismiss: (link) => {
      awaited.delete(link);
      open.get(link)?.close();
      open.delete(link);
    },
  };
}
