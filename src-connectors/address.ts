// Which network addresses a worker may connect to. A host name is the administrator's, what it resolves to is whoever
// runs its DNS: an address that is not plainly public needs a setting that says so.
import { BlockList, isIP } from 'node:net';

/** `never` = no setting opens it: link-local (cloud metadata), multicast, unspecified, translated and reserved ranges. */
export type Reach = 'public' | 'private' | 'loopback' | 'never';

/** Where an IP address leads. Anything that is not an IP address leads nowhere. */
export function reachOf(address: string): Reach {
  const family = isIP(address);
  if (family === 0) return 'never';
  const kind = family === 4 ? 'ipv4' : 'ipv6';
  // IPv4-mapped IPv6 addresses are checked against the IPv4 ranges by BlockList itself.
  if (loopback.check(address, kind)) return 'loopback';
  if (own.check(address, kind)) return 'private';
  return special.check(address, kind) ? 'never' : 'public';
}

const loopback = ranges(['127.0.0.0/8'], ['::1/128']);
const own = ranges(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'], ['fc00::/7']);
// IANA special-purpose registries (RFC 6890), without what is above.
const special = ranges(
  [
    '0.0.0.0/8',
    '169.254.0.0/16',
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.88.99.0/24',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '224.0.0.0/3',
  ],
  [
    '::/128',
    '64:ff9b::/96',
    '64:ff9b:1::/48',
    '100::/64',
    '2001::/23',
    '2001:db8::/32',
    '2002::/16',
    'fe80::/10',
    'fec0::/10',
    'ff00::/8',
  ],
);

function ranges(ipv4: readonly string[], ipv6: readonly string[]): BlockList {
  const list = new BlockList();
  for (const [kind, nets] of [
    ['ipv4', ipv4],
    ['ipv6', ipv6],
  ] as const) {
    for (const net of nets) {
      const [base = '', bits = ''] = net.split('/');
      list.addSubnet(base, Number(bits), kind);
    }
  }
  return list;
}
