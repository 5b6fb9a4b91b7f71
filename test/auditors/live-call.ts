// A stranger's client: types made of the OpenAPI document by openapi-typescript, calls by openapi-fetch.
import createClient from 'openapi-fetch';
import type { paths } from './node_modules/.cache/relance/relance.d.ts';

declare const process: { readonly argv: readonly string[]; exitCode?: number };

const [, , baseUrl = '', token = ''] = process.argv;
const client = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${token}` } });

const made = await client.POST('/v1/senders', {
  body: {
    name: 'Lin Wei',
    company: 'Harbour Tools',
    address: 'lin.wei@export.example',
    postalAddress: '88 Haixing Road, Ningbo 315000, China',
    zone: 'Asia/Shanghai',
  },
});
const id: string = made.data?.id ?? '';
const read = await client.GET('/v1/senders/{id}', { params: { path: { id } } });
const quota: number = read.data?.dailyQuota ?? 0;
const refused = await client.GET('/v1/senders/{id}', { params: { path: { id: 'nobody' } } });
const status: number = refused.error?.status ?? 0;
if (id === '' || quota !== 50 || status !== 404) {
  throw new Error(`The live call differs from the description: ${JSON.stringify({ id, quota, status })}`);
}
console.log(`made and read the sender ${id}`);
