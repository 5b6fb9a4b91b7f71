/** Where a zone was learnt, best first (DESIGN §4). The console shows it beside the zone. */
export type ZoneSource =
  | 'given'
  | 'learnt-from-mail'
  | 'phone-region'
  | 'city'
  | 'country'
  | 'country-assumed'
  | 'sender';
