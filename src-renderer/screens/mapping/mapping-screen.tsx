import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { ArrowLeft } from 'lucide-react';
import type { InstanceView } from '../../../src-shared/contract/ui.ts';
import { useAppState } from '../../api/app.ts';
import { useConnectors, useCustomers } from '../../api/queries.ts';
import { Button } from '../../parts/button.tsx';
import { connectorTitle } from '../../parts/connector-name.ts';
import { RightScreen } from '../../parts/no-right.tsx';
import { Page } from '../../parts/page.tsx';
import { Empty, Failed } from '../../parts/states.tsx';
import { number, t } from '../../words.ts';
import { MappingWork } from './mapping-work.tsx';
import { type Survey, useSurvey } from './use-survey.ts';

/** Which of an instance's customers is which. */
export function MappingScreen() {
  const { instance: id } = useParams({ from: '/connectors/$instance/map' });
  const instance = useAppState().instances.find((each) => each.id === id);
  if (instance === undefined) return <Gone />;
  return (
    <RightScreen right="manage-connectors" title={t('mapping.title', { name: instance.name })}>
      <Mapping key={instance.id} instance={instance} />
    </RightScreen>
  );
}

function Mapping({ instance }: { readonly instance: InstanceView }) {
  const { customerCount } = useAppState();
  const { id, name, connector, hasCredential, mapped } = instance;
  const { survey, ask, cancel } = useSurvey(id, hasCredential);
  const customers = useCustomers();
  const connectors = useConnectors();
  const ownerTitle = connectors.data?.find((each) => each.name === connector)?.ownerTitle ?? connectorTitle(connector);
  const counts = {
    mapped: number(mapped),
    all: number(customerCount),
    unmapped: number(Math.max(0, customerCount - mapped)),
  };
  const known = survey.state === 'known' ? survey.view : null;
  return (
    <Page
      className="fill mapping"
      title={t('mapping.title', { name })}
      lead={<span className="number">{t('mapping.lead', counts)}</span>}
      actions={
        <Link className="button" to="/connectors">
          <ArrowLeft className="icon" aria-hidden="true" />
          {t('mapping.back')}
        </Link>
      }
    >
      {!hasCredential && known === null && (
        <Empty title={t('mapping.noCredential')}>
          <p>{t('mapping.noCredentialHelp', { name })}</p>
          <Link className="button primary" to="/connectors">
            {t('mapping.goneLink')}
          </Link>
        </Empty>
      )}
      {hasCredential && known === null && <NotKnown survey={survey} name={name} ask={ask} cancel={cancel} />}
      {known !== null && customers.isError && (
        <Failed thrown={customers.error} retry={() => void customers.refetch()} />
      )}
      {known !== null && customers.data !== undefined && known.vendorCustomers.length === 0 && (
        <Empty title={t('mapping.noVendorCustomers', { name })}>
          <p>{t('mapping.noVendorCustomersHelp')}</p>
          <Button onClick={ask}>{t('mapping.askAgain')}</Button>
        </Empty>
      )}
      {known !== null && customers.data !== undefined && known.vendorCustomers.length > 0 && (
        <MappingWork instance={instance} view={known} customers={customers.data} ownerTitle={ownerTitle} />
      )}
    </Page>
  );
}

interface Props {
  readonly survey: Survey;
  readonly name: string;
  readonly ask: () => void;
  readonly cancel: () => void;
}

/** Before there is anything to map: it is being asked, it failed, or a person stopped it. */
function NotKnown({ survey, name, ask, cancel }: Props) {
  if (survey.state === 'failed') return <Failed thrown={survey.thrown} retry={ask} />;
  if (survey.state === 'cancelled')
    return (
      <Empty title={t('mapping.cancelled', { name })}>
        <p>{t('mapping.cancelledHelp')}</p>
        <Button look="primary" onClick={ask}>
          {t('mapping.ask', { name })}
        </Button>
      </Empty>
    );
  return (
    <Empty title={t('mapping.asking', { name })}>
      <p role="status">{t('mapping.askingHelp')}</p>
      {survey.state === 'asking' && <Elapsed since={survey.since} />}
      <Button onClick={cancel}>{t('mapping.cancel')}</Button>
    </Empty>
  );
}

function Elapsed({ since }: { readonly since: number }) {
  const [now, setNow] = useState(since);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.floor((now - since) / 1000));
  return (
    <p className="number" aria-hidden="true">
      <span className="busy" /> {t('mapping.askingSince', { seconds: number(seconds) })}
    </p>
  );
}

function Gone() {
  return (
    <Page title={t('mapping.gone')}>
      <Empty title={t('mapping.goneHelp')}>
        <Link className="button primary" to="/connectors">
          {t('mapping.goneLink')}
        </Link>
      </Empty>
    </Page>
  );
}
