import { useApp } from '../api/app.ts';

/** What people call a connector: the name of its configured account, or its own id where none is set up. */
export function connectorName(connector: string | undefined): string {
  if (connector === undefined) return '';
  const instances = useApp.getState().state?.instances ?? [];
  return instances.find((instance) => instance.connector === connector)?.name ?? connector;
}
