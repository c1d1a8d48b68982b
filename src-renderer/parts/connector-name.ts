import { useApp } from '../api/app.ts';
import { t } from '../words.ts';
import { connectorWords } from '../en-connectors.ts';

/** What people call a connector: its one configured account by name, else its title where this window knows it. */
export function connectorName(connector: string | undefined): string {
  if (connector === undefined) return '';
  const instances = (useApp.getState().state?.instances ?? []).filter((instance) => instance.connector === connector);
  const [only] = instances;
  return only !== undefined && instances.length === 1 ? only.name : connectorTitle(connector);
}

/** A connector's own title; its id where this window does not know it. */
export function connectorTitle(connector: string): string {
  return isKnown(connector) ? t(`connectors.known.${connector}`) : connector;
}

const isKnown = (connector: string): connector is keyof typeof connectorWords.known =>
  Object.hasOwn(connectorWords.known, connector);
