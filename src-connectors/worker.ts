// The entry of a worker process. It starts with an empty environment and no file access beyond its own code; the
// supervisor tells it once what it is for and hands it two links: `gateway`, which calls it, and `broker`, which it asks;
// or, for a survey, the one link `survey` to the broker.
import { brokerLease, brokerSurvey } from '../src-shared/contract/broker.ts';
import { worker, workerControl } from '../src-shared/contract/worker.ts';
import { connectParent } from '../src-shared/node/parent-port.ts';
import { reportUnexpected } from '../src-shared/node/report-unexpected.ts';
import { client } from '../src-shared/wire/client.ts';
import type { Client } from '../src-shared/wire/contract.ts';
import { serve } from '../src-shared/wire/serve.ts';
import { createWorker } from './bound-worker.ts';
import { connectors } from './connectors.ts';

const parent = connectParent();
const broker = Promise.withResolvers<Client<typeof brokerLease>>();
const survey = Promise.withResolvers<Client<typeof brokerSurvey>>();

const { control, gateway } = createWorker({
  connectors,
  lease: async (grant, signal) => (await (await broker.promise).lease({ grant }, { signal })).credential,
  surveyCredential: async (signal) => (await (await survey.promise).credential(undefined, { signal })).credential,
  now: Date.now,
  after: (milliseconds, act) => {
    const timer = setTimeout(act, milliseconds);
    return () => clearTimeout(timer);
  },
});

serve(workerControl, control, parent.control, reportUnexpected);
parent.onLink((name, port) => {
  if (name === 'gateway') serve(worker, gateway, port, reportUnexpected);
  else if (name === 'broker') broker.resolve(client(brokerLease, port));
  else if (name === 'survey') survey.resolve(client(brokerSurvey, port));
  else port.close();
});
