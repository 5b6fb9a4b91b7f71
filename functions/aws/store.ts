/** The Store port on one DynamoDB table. `items.ts` says what stands where. */
import type { Store } from '../../shared/ports.ts';
import { gateStore } from './gates.ts';
import { companyStore } from './store-companies.ts';
import { contactStore } from './store-contact.ts';
import { documentStore } from './store-documents.ts';
import { listStore } from './store-lists.ts';
import { placeStore } from './store-places.ts';
import type { Table } from './table-calls.ts';

export const awsStore = (table: Table): Store => ({
  ...companyStore(table),
  ...contactStore(table),
  ...documentStore(table),
  ...gateStore(table),
  ...listStore(table),
  ...placeStore(table),
});
