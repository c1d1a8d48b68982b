/**
 * The broker: the only process that holds secrets. It opens no connection and no port; it speaks to the supervisor, and
 * over links the supervisor hands it. Started with the vault's folder as its only writable place.
 */
import { brokerControl } from '../src-shared/contract/broker.ts';
import { connectParent } from '../src-shared/node/parent-port.ts';
import { reportUnexpected } from '../src-shared/node/report-unexpected.ts';
import { serve } from '../src-shared/wire/serve.ts';
import { makeCustody } from './custody.ts';
import { openKeystore } from './keystore/open-keystore.ts';
import { passphraseReader } from './read-passphrase.ts';

const parent = connectParent();
const powers = {
  keyring: {
    load: () => import('@napi-rs/keyring'),
    onAbandoned: () => void process.on('exit', () => process.kill(process.pid, 'SIGKILL')),
  },
  readPassphrase: passphraseReader(
    () => process.stdin,
    (text) => process.stderr.write(text),
  ),
};
const custody = makeCustody({ openKeystore: (choice) => openKeystore(choice, powers), now: Date.now });

serve(brokerControl, custody.control, parent.control, reportUnexpected);
parent.onLink(custody.arrive);
