/** A sender as a form holds it, and as the API takes it. Pure. */
import type { SenderView } from '../../../shared/api/senders.ts';

export const TEXT_FIELDS: readonly {
  readonly field: TextField;
  readonly type?: string;
  readonly placeholder?: string;
}[] = [
  { field: 'name' },
  { field: 'company' },
  { field: 'address', type: 'email' },
  { field: 'phone', placeholder: '+8657455550123' },
  { field: 'whatsapp', placeholder: '+8613800000000' },
  { field: 'website' },
  { field: 'zone', placeholder: 'Asia/Shanghai' },
  { field: 'country', placeholder: 'CN' },
  { field: 'hoursFrom', placeholder: '09:00' },
  { field: 'hoursTo', placeholder: '18:00' },
  { field: 'eveningUntil', placeholder: '21:30' },
  { field: 'dailyQuota', type: 'number' },
  { field: 'hourlyCeiling', type: 'number' },
];

type TextField =
  | 'name'
  | 'company'
  | 'address'
  | 'phone'
  | 'whatsapp'
  | 'website'
  | 'zone'
  | 'country'
  | 'hoursFrom'
  | 'hoursTo'
  | 'eveningUntil'
  | 'dailyQuota'
  | 'hourlyCeiling';
export type Form = Readonly<Record<TextField, string>> & {
  readonly postalAddress: string;
  readonly daysOff: string;
  readonly workingDays: readonly number[];
};

export const formOf = (sender: SenderView | undefined): Form => ({
  name: sender?.name ?? '',
  company: sender?.company ?? '',
  address: sender?.address ?? '',
  phone: sender?.phone ?? '',
  whatsapp: sender?.whatsapp ?? '',
  website: sender?.website ?? '',
  zone: sender?.zone ?? '',
  country: sender?.country ?? '',
  hoursFrom: sender?.hours?.from ?? '',
  hoursTo: sender?.hours?.to ?? '',
  eveningUntil: sender?.eveningUntil ?? '',
  dailyQuota: String(sender?.dailyQuota ?? 50),
  hourlyCeiling: sender?.hourlyCeiling === undefined ? '' : String(sender.hourlyCeiling),
  postalAddress: sender?.postalAddress ?? '',
  daysOff: (sender?.daysOff ?? []).join(', '),
  workingDays: sender?.workingDays ?? [],
});

/** What is empty is left out: the API then follows the country, or asks for it by name. */
export function givenOf(form: Form): Record<string, unknown> {
  const given = Object.fromEntries(
    Object.entries(patchOf(form)).filter(([, value]) => value !== null && value !== ''),
  );
  return given;
}

/** What is empty is taken away (RFC 7396), as far as it may be. */
export function patchOf(form: Form) {
  const orNull = (text: string) => text.trim() || null;
  return {
    name: form.name.trim(),
    company: form.company.trim(),
    address: form.address.trim(),
    zone: form.zone.trim(),
    postalAddress: form.postalAddress.trim(),
    phone: orNull(form.phone),
    whatsapp: orNull(form.whatsapp),
    website: orNull(form.website),
    country: orNull(form.country),
    eveningUntil: orNull(form.eveningUntil),
    hours:
      form.hoursFrom.trim() && form.hoursTo.trim()
        ? { from: form.hoursFrom.trim(), to: form.hoursTo.trim() }
        : null,
    dailyQuota: Number(form.dailyQuota),
    hourlyCeiling: form.hourlyCeiling.trim() ? Number(form.hourlyCeiling) : null,
    workingDays: form.workingDays.length > 0 ? [...form.workingDays] : null,
    daysOff: datesIn(form.daysOff),
  };
}

const datesIn = (text: string): string[] | null => {
  const dates = text.split(/[\s,;]+/).filter((date) => date !== '');
  return dates.length > 0 ? dates : null;
};
