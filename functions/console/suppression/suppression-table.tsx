/** Everybody who is never written to, newest first; a company or a dead address is let in again, a person's own word stands. */
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Table from '@cloudscape-design/components/table';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { SuppressionView } from '../../../shared/api/suppressions.ts';
import { useCodeWords, useWords } from '../lexicon/words.tsx';
import { useAct } from '../parts/act.ts';
import { Empty, Loaded } from '../parts/loaded.tsx';
import { useTimes } from '../parts/time.ts';
import { useClient } from '../session/session.tsx';

const PAGE = 100;

type Allowed = {
  readonly entry: string;
  readonly name: string;
  /** What suppresses them again. */
  readonly again?: { readonly domain: string } | { readonly address: string };
};

/** Whoever said no themselves comes back by the API alone, with a reason. */
function allowedOf({ domain, contactId, address, why }: SuppressionView): Allowed | undefined {
  if (domain !== undefined) return { entry: domain, name: domain, again: { domain } };
  if (contactId === undefined || (why !== 'bounced' && why !== 'by-person')) return undefined;
  return { entry: contactId, name: address ?? contactId, ...(address ? { again: { address } } : {}) };
}

export function SuppressionTable() {
  const t = useWords();
  const code = useCodeWords();
  const times = useTimes();
  const client = useClient();
  const query = useInfiniteQuery({
    queryKey: ['suppressions'],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      client.suppressions.list({ limit: PAGE, ...(pageParam ? { after: pageParam } : {}) }),
    getNextPageParam: (page) => page.next,
  });
  const allow = useAct<Allowed>({
    run: ({ entry }) => client.suppressions.remove(entry),
    done: ({ name }) => t('suppressions.removed', { value: name }),
    undo: ({ again }) => again && (() => client.suppressions.add(again)),
  });
  return (
    <Loaded query={query}>
      {({ pages }) => (
        <Table<SuppressionView>
          items={pages.flatMap((page) => page.items)}
          trackBy={({ kind, domain, contactId }) => `${kind} ${domain ?? contactId}`}
          wrapLines
          header={<Header variant="h2">{t('suppressions.listed')}</Header>}
          footer={
            query.hasNextPage ? (
              <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                {t('do.show-more')}
              </Button>
            ) : undefined
          }
          columnDefinitions={[
            {
              id: 'who',
              header: t('suppressions.who'),
              isRowHeader: true,
              minWidth: 190,
              cell: (one) => <Who one={one} />,
            },
            { id: 'why', header: t('suppressions.why'), minWidth: 150, cell: (one) => code('why', one.why) },
            {
              id: 'since',
              header: t('suppressions.since'),
              minWidth: 170,
              cell: (one) => times.day(one.since),
            },
            {
              id: 'allow',
              header: t('suppressions.change'),
              minWidth: 130,
              cell: (one) => {
                const allowed = allowedOf(one);
                if (!allowed) return '–';
                return (
                  <Button
                    variant="inline-link"
                    ariaLabel={t('suppressions.allow-name', { value: allowed.name })}
                    onClick={() => allow.mutate(allowed)}
                  >
                    {t('suppressions.allow')}
                  </Button>
                );
              },
            },
          ]}
          empty={<Empty title={t('suppressions.empty')}>{t('suppressions.empty-why')}</Empty>}
        />
      )}
    </Loaded>
  );
}

function Who({ one }: { readonly one: SuppressionView }) {
  const t = useWords();
  if (one.kind === 'domain') return <Link href={`#/companies/${one.domain}`}>{`@${one.domain}`}</Link>;
  if (one.address === undefined) return <>{t('suppressions.forgotten')}</>;
  const isNamed = one.name !== undefined && one.name !== one.address;
  return (
    <Link href={`#/contacts/${one.contactId}`}>{isNamed ? `${one.name} · ${one.address}` : one.address}</Link>
  );
}
